// Small files, read whole through one descriptor, so that what was checked is what was read.
#include "auth/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "auth/error.hpp"

namespace contactd::auth {

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

std::string file_trouble(const std::filesystem::path& path) {
  const int number = errno;
  return path.string() + ": " + std::strerror(number);
}

FileContent read_file(const std::filesystem::path& path, std::size_t bytes_max) {
  // O_NONBLOCK: opening a pipe would otherwise wait for somebody to write to it.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  FileContent content{};
  if (!file.ok() || fstat(file.get(), &content.status) != 0) throw SetupError(file_trouble(path));
  if (!S_ISREG(content.status.st_mode)) throw SetupError(path.string() + ": not a regular file");
  char piece[16 * 1024];
  for (;;) {
    const ssize_t size = read(file.get(), piece, sizeof piece);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw SetupError(file_trouble(path));
    if (size == 0) return content;
    content.text.append(piece, static_cast<std::size_t>(size));
    if (content.text.size() > bytes_max) {
      throw SetupError(path.string() + ": larger than " + std::to_string(bytes_max) + " bytes");
    }
  }
}

}  // namespace contactd::auth
