// What a browser can get of the documentation: pages and their assets, each ready in two encodings.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "web/archive.hpp"

namespace contactd::web {

/// One page or asset. Lives as long as the program; every member may be used from any thread.
class Document {
 public:
  /// A file as it was packed.
  Document(std::string_view content_type, std::string_view security_policy, const PackedFile& file);
  /// A page that was put together while running.
  Document(std::string_view content_type, std::string_view security_policy, std::string page);

  std::string_view content_type() const { return content_type_; }
  /// For Content-Security-Policy.
  std::string_view security_policy() const { return security_policy_; }
  std::string_view gzipped() const { return gzipped_; }
  /// Unpacked when somebody first asks for it, then kept.
  std::string_view plain() const;

 private:
  std::string_view content_type_;
  std::string_view security_policy_;
  std::string made_;  ///< What `gzipped_` shows when no packed file holds it.
  std::string_view gzipped_;
  mutable std::once_flag unpacked_;
  mutable std::string plain_;
};

/// "reference", "getting-started", "day", "problems"; null for any other name.
const Document* find_page(std::string_view name);

/// "site.css"; null for any other name.
const Document* find_asset(std::string_view name);

/// The page of one code of the problem table; null for any other.
const Document* find_problem_page(std::string_view code);

}  // namespace contactd::web
