// Where in a body a value stands, as a JSON Pointer (RFC 6901) without its first slash; made into text only when
// needed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace contactd::resource {

class Path {
 public:
  Path() = default;
  /// A path points to the one above it, which must outlive it: a temporary does not compile.
  Path(const Path& up, std::string_view key) : up_(&up), key_(key) {}
  Path(const Path& up, std::size_t index) : up_(&up), index_(index), is_index_(true) {}
  Path(const Path&& up, std::string_view key) = delete;
  Path(const Path&& up, std::size_t index) = delete;

  std::string text() const {
    if (up_ == nullptr) return {};
    std::string text = up_->text();
    if (!text.empty()) text += '/';
    if (is_index_) return text += std::to_string(index_);
    for (const char c : key_) {
      if (c == '~') {
        text += "~0";
      } else if (c == '/') {
        text += "~1";
      } else {
        text += c;
      }
    }
    return text;
  }

 private:
  const Path* up_ = nullptr;
  std::string_view key_;
  std::size_t index_ = 0;
  bool is_index_ = false;
};

}  // namespace contactd::resource
