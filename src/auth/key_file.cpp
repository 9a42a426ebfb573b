// Watches a JWKS file by its stamp and swaps the key set when its text has changed.
#include "auth/key_file.hpp"

#include <sys/stat.h>

#include <utility>

#include "auth/file.hpp"

namespace contactd::auth {
namespace {

constexpr std::int64_t second_nanoseconds = 1'000'000'000;
/// Younger files may be written again without a change of their stamp: file systems' clocks move in steps.
constexpr std::int64_t settling_nanoseconds = 2 * second_nanoseconds;

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * second_nanoseconds + time.tv_nsec;
}

std::int64_t steady_nanoseconds() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::int64_t system_nanoseconds() {
  return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

KeyFile::Stamp KeyFile::stamp_of(const struct stat& status) {
  return Stamp{nanoseconds(status.st_mtim), nanoseconds(status.st_ctim), status.st_size, status.st_ino, status.st_dev};
}

KeyFile::KeyFile(std::filesystem::path path, Report report, std::chrono::milliseconds interval)
    : path_(std::move(path)), report_(std::move(report)), interval_(interval) {
  look();
  if (keys_->empty()) {
    std::string message = path_.string() + ": no key that tokens could be signed with";
    for (const std::string& reason : keys_->passed_over()) message.append("; ").append(reason);
    throw SetupError(message);
  }
  next_look_nanoseconds_ = steady_nanoseconds() + std::chrono::nanoseconds(interval_).count();
}

std::uint64_t KeyFile::generation() {
  refresh_if_due();
  return generation_.load(std::memory_order_acquire);
}

std::shared_ptr<const KeySet> KeyFile::current() {
  refresh_if_due();
  const std::lock_guard lock(handing_out_);
  return keys_;
}

void KeyFile::refresh_if_due() {
  const std::int64_t now = steady_nanoseconds();
  std::int64_t due = next_look_nanoseconds_.load(std::memory_order_relaxed);
  if (now < due) return;
  // One thread wins the turn; the others do not wait for the disk.
  if (!next_look_nanoseconds_.compare_exchange_strong(due, now + std::chrono::nanoseconds(interval_).count())) return;
  const std::unique_lock lock(refreshing_, std::try_to_lock);
  if (!lock) return;
  std::string trouble;
  try {
    look();
  } catch (const SetupError& error) {
    trouble = error.what();
  }
  if (!trouble.empty() && trouble != last_trouble_) report("the signing keys stay as they were: " + trouble);
  last_trouble_ = std::move(trouble);
}

void KeyFile::look() {
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0) throw SetupError(file_trouble(path_));
  if (!settled_ || stamp_of(status) != seen_) {
    FileContent file = read_file(path_, KeySet::document_bytes_max);
    // The stamp is that of the opened file from before it was read: a write in between changes the next one.
    seen_ = stamp_of(file.status);
    const std::int64_t age = system_nanoseconds() - seen_.modified_nanoseconds;
    settled_ = age > settling_nanoseconds || age < -settling_nanoseconds;
    if (file.text != document_ || !keys_) take(std::move(file.text));
  }
  if (!document_error_.empty()) throw SetupError(document_error_);
}

void KeyFile::take(std::string document) {
  document_ = std::move(document);
  document_error_.clear();
  std::shared_ptr<const KeySet> keys;
  try {
    keys = std::make_shared<const KeySet>(KeySet::from_jwks(document_));
  } catch (const SetupError& error) {
    document_error_ = path_.string() + ": " + error.what();
    return;
  }
  for (const std::string& reason : keys->passed_over()) report(path_.string() + ": not used: " + reason);
  report(path_.string() + ": signing keys: " + std::to_string(keys->size()) +
         (keys->empty() ? ", so every token is refused" : ""));
  {
    const std::lock_guard lock(handing_out_);
    keys_ = keys;
  }
  // After the keys: who sees the new generation finds the new keys.
  generation_.store(keys->generation(), std::memory_order_release);
}

void KeyFile::report(const std::string& line) const {
  if (report_) report_(line);
}

}  // namespace contactd::auth
