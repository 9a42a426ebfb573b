// A folder for stores that are measured; what was put into it is taken out again.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

namespace contactd::bench {

class Folder {
 public:
  /// Makes the folder when it is not there; then it goes at the end. Throws std::runtime_error when it is not empty:
  /// nothing of anybody else's is ever removed.
  explicit Folder(std::filesystem::path path)
      : path_(std::move(path)), is_ours_(std::filesystem::create_directories(path_)) {
    if (!std::filesystem::is_empty(path_)) throw std::runtime_error(path_.string() + " is not empty");
  }
  ~Folder() {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(path_, ignored)) {
      std::filesystem::remove_all(entry.path(), ignored);
    }
    if (is_ours_) std::filesystem::remove(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  /// A database with what SQLite keeps beside it.
  void remove_database(const std::string& name) {
    for (const char* end : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(file(name + end));
  }

 private:
  std::filesystem::path path_;
  bool is_ours_;
};

}  // namespace contactd::bench
