// One process per embedded store: flock on a file beside it that says who holds it.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "store/sqlite.hpp"

namespace contactd::store {

StoreLock::StoreLock(const std::string& database_path) {
  // By whatever name it is called: a link to a store is that store.
  const std::string path = std::filesystem::weakly_canonical(database_path).string() + ".lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::system_error(errno, std::generic_category(), "cannot open " + path);
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    const auto size = ::pread(file_, holder, sizeof holder - 1, 0);
    ::close(file_);
    throw std::runtime_error("the store " + database_path + " is in use by process " +
                             (size > 0 ? std::string(holder, static_cast<std::size_t>(size)) : std::string("unknown")) +
                             "; only one process may hold it");
  }
  const std::string process = std::to_string(::getpid());
  if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, process.data(), process.size(), 0) < 0) {
    // The lock holds all the same; only its name is missing (a full disk).
  }
}

StoreLock::~StoreLock() {
  ::close(file_);
}

}  // namespace contactd::store
