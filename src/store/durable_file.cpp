// open, flock, fsync, rename, fsync of the folder.
#include "store/durable_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace contactd::store {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

DurableFile::DurableFile(std::string path, const std::string& ending)
    : path_(std::move(path)), temporary_path_(path_ + ending) {
  file_ = ::open(temporary_path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file_ < 0) fail("cannot make " + temporary_path_);
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw std::runtime_error(temporary_path_ + " is being written by another process");
  }
  if (::fchmod(file_, 0600) != 0 || ::ftruncate(file_, 0) != 0) {
    const int error = errno;
    ::close(file_);
    throw std::system_error(error, std::generic_category(), "cannot write " + temporary_path_);
  }
}

DurableFile::~DurableFile() {
  if (!stays_) ::unlink(temporary_path_.c_str());
  ::close(file_);
}

void DurableFile::sync() {
  if (::fsync(file_) != 0) fail("cannot put " + temporary_path_ + " on the disk");
}

void DurableFile::publish() {
  sync();
  if (::renameat2(AT_FDCWD, temporary_path_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) != 0) {
    // Not every file system can do that; a second name is made nowhere when there is one already.
    if (errno != EINVAL && errno != ENOSYS) fail("cannot make " + path_);
    if (::link(temporary_path_.c_str(), path_.c_str()) != 0) fail("cannot make " + path_);
    ::unlink(temporary_path_.c_str());
  }
  stays_ = true;
  sync_folder_of(path_);
}

void sync_folder_of(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) fail("cannot open " + folder);
  const int synced = ::fsync(file);
  ::close(file);
  if (synced != 0) fail("cannot put " + folder + " on the disk");
}

}  // namespace contactd::store
