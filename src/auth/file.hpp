// Reads small files whole. Private to this room.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>

namespace contactd::auth {

/// Closes a descriptor when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  int get() const { return number_; }
  bool ok() const { return number_ >= 0; }

 private:
  int number_;
};

struct FileContent {
  std::string text;
  struct stat status;  ///< Of the opened file, from before it was read.
};

/// Throws SetupError, naming the file, when it cannot be read, is no regular file, or has more than `bytes_max`.
FileContent read_file(const std::filesystem::path& path, std::size_t bytes_max);

/// The path and what errno says about it, for a SetupError.
std::string file_trouble(const std::filesystem::path& path);

}  // namespace contactd::auth
