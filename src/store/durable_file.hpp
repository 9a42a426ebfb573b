// A file that appears under its name only when it is whole and on the disk.
#pragma once

#include <string>

namespace contactd::store {

/// Filled under another name, which is that of `path` with an ending, and readable by its owner alone. What an earlier
/// run left under that name is overwritten, unless that run still holds it. Goes when it was not published.
class DurableFile {
 public:
  /// Throws std::system_error with the path, std::runtime_error when another process fills it.
  DurableFile(std::string path, const std::string& ending);
  ~DurableFile();
  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  const std::string& temporary_path() const { return temporary_path_; }
  int file() const { return file_; }
  /// From now on it stays under its temporary name when it is not published.
  void keep() { stays_ = true; }
  /// Puts what was written on the disk. Throws std::system_error.
  void sync();
  /// Gives it its name, for which there must be no file, and puts the folder on the disk. Throws std::system_error.
  void publish();

 private:
  std::string path_, temporary_path_;
  int file_ = -1;
  bool stays_ = false;
};

/// Puts on the disk which files that file's folder has. Throws std::system_error.
void sync_folder_of(const std::string& path);

}  // namespace contactd::store
