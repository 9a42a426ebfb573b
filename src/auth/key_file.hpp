// A JWKS file that is read again when it changes, so that keys are rotated without a restart.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>

#include "auth/keys.hpp"

struct stat;

namespace contactd::auth {

/// Safe to use from many threads at once. The file is looked at (one stat) at most once per `interval`, by whichever
/// thread comes first; the others go on with the keys that they have.
///
/// What a readable document says holds at once, an empty one included: taking a key out revokes it. A file that
/// is missing or malformed leaves the keys as they were, and is reported once.
class KeyFile : public KeySource {
 public:
  /// Takes one line for the log; called from any thread, never twice at the same time. May be empty.
  using Report = std::function<void(std::string)>;

  /// Throws SetupError when the file cannot be read, is malformed or holds no usable key.
  explicit KeyFile(std::filesystem::path path, Report report = nullptr,
                   std::chrono::milliseconds interval = std::chrono::seconds{1});

  std::uint64_t generation() override;
  std::shared_ptr<const KeySet> current() override;

 private:
  /// What tells one state of the file from another.
  struct Stamp {
    std::int64_t modified_nanoseconds = 0, changed_nanoseconds = 0, size = 0;
    std::uint64_t inode = 0, device = 0;
    bool operator==(const Stamp&) const = default;
  };

  static Stamp stamp_of(const struct stat& status);
  void refresh_if_due();
  void look();
  void take(std::string document);
  void report(const std::string& line) const;

  const std::filesystem::path path_;
  const Report report_;
  const std::chrono::milliseconds interval_;
  std::atomic<std::int64_t> next_look_nanoseconds_{0};  // on the steady clock
  std::atomic<std::uint64_t> generation_{0};

  std::mutex refreshing_;  // guards what follows, up to the next mutex
  Stamp seen_;
  bool settled_ = false;        // false while the file is so young that a second write could leave the stamp equal
  std::string document_;        // the text that was read last, good or bad
  std::string document_error_;  // what is wrong with it
  std::string last_trouble_;    // so that it is reported once

  std::mutex handing_out_;  // guards keys_; held for the copy of a pointer
  std::shared_ptr<const KeySet> keys_;
};

}  // namespace contactd::auth
