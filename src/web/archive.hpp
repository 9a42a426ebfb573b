// The files of web/ as they were packed into the program.
#pragma once

#include <span>
#include <string_view>

namespace contactd::web {

struct PackedFile {
  std::string_view name;     ///< "assets/site.css"
  std::string_view gzipped;  ///< Its content.
};

/// All files; they live as long as the program.
std::span<const PackedFile> packed_files();

/// The file of that name, or null.
const PackedFile* find_packed_file(std::string_view name);

}  // namespace contactd::web
