// The bytes that a connection received and has not used up; what views point at stays where it is until released.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace contactd::http {

/// Layout: [kept | used up | unread | room]. Kept bytes are heads whose requests are still being answered: they are
/// never moved, and never overwritten.
class InputBuffer {
 public:
  explicit InputBuffer(std::size_t capacity_bytes) { replace(capacity_bytes); }

  std::string_view unread() const { return {bytes_.get() + begin_, end_ - begin_}; }
  void consume(std::size_t bytes) { begin_ += bytes; }
  /// Everything up to here stays in place until `release`.
  void keep() { kept_ = begin_; }
  /// Nothing is pointed at any more; unread bytes move to the front.
  void release() {
    kept_ = 0;
    close_gap();
  }

  /// Free space behind the unread bytes, made larger by dropping what is used up but not kept.
  std::size_t make_room() {
    if (begin_ == end_ || end_ == capacity_) close_gap();
    return capacity_ - end_;
  }
  char* room() { return bytes_.get() + end_; }
  void commit(std::size_t bytes) { end_ += bytes; }

  std::size_t capacity() const { return capacity_; }
  /// How much lies, or will fit, behind the first `bytes` unread ones without anything being moved.
  std::size_t space_behind(std::size_t bytes) const { return capacity_ - begin_ - bytes; }
  /// Moves everything into a larger block; nothing may be kept. Views into the old block dangle.
  void reserve(std::size_t capacity_bytes) {
    if (capacity_bytes > capacity_) replace(capacity_bytes);
  }
  /// Back to a small block, when nothing is unread and nothing kept.
  void shrink(std::size_t capacity_bytes) {
    if (begin_ == end_ && kept_ == 0 && capacity_ > capacity_bytes) replace(capacity_bytes);
  }

 private:
  void close_gap() {
    if (begin_ == kept_) return;
    std::memmove(bytes_.get() + kept_, bytes_.get() + begin_, end_ - begin_);
    end_ -= begin_ - kept_;
    begin_ = kept_;
  }

  void replace(std::size_t capacity_bytes) {
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_bytes);
    const std::size_t unread_bytes = end_ - begin_;
    if (unread_bytes > 0) std::memcpy(larger.get(), bytes_.get() + begin_, unread_bytes);
    bytes_ = std::move(larger);
    capacity_ = capacity_bytes;
    begin_ = kept_ = 0;
    end_ = unread_bytes;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t kept_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace contactd::http
