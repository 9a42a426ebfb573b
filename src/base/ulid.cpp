// ULIDs in Crockford's base 32 (the ULID specification), with microseconds in the first ten of its random bits.
#include "base/ulid.hpp"

#include <sys/random.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace contactd {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::uint64_t high_bits_max = 0x3F;

/// The upper 58 bits of an id: 48 of milliseconds, 10 of microseconds.
std::uint64_t instant_bits(Time time) {
  const auto milliseconds = static_cast<std::uint64_t>(time.microseconds / 1000);
  return milliseconds << 10 | static_cast<std::uint64_t>(time.microseconds % 1000);
}

std::string encode(Time time, std::uint64_t high, std::uint64_t low) {
  const std::uint64_t upper = instant_bits(time) << 6 | high;  // bits 127..64
  std::string text(26, '0');
  // 128 bits in 26 digits of 5 bits, from the last one on; the first digit holds the topmost 3.
  std::uint64_t above = upper, below = low;
  for (std::size_t i = text.size(); i-- > 0;) {
    text[i] = alphabet[below & 31];
    below = below >> 5 | above << 59;
    above >>= 5;
  }
  return text;
}

Time system_now() {
  return Time{std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                  .count()};
}

/// Random bits from the kernel, fetched 64 words at a time: a call costs more than the bits.
std::uint64_t system_random() {
  thread_local std::array<std::uint64_t, 64> pool;
  thread_local std::size_t used = pool.size();
  if (used == pool.size()) {
    if (getrandom(pool.data(), sizeof pool, 0) != static_cast<ssize_t>(sizeof pool)) {
      throw std::runtime_error("getrandom failed");
    }
    used = 0;
  }
  return pool[used++];
}

}  // namespace

StampSource::StampSource(std::function<Time()> now, std::function<std::uint64_t()> random)
    : now_(now ? std::move(now) : system_now), random_(random ? std::move(random) : system_random) {}

void StampSource::start_after(Time time) {
  last_ = std::max(last_, time);
}

Time StampSource::tick() {
  last_ = std::max(now_(), Time{last_.microseconds + 1});
  return last_;
}

Stamp StampSource::next() {
  const Time time = tick();
  low_ = random_() >> 1;  // the top bit stays free, so that siblings can count up without overflow
  high_ = random_() & high_bits_max;
  return Stamp{time, encode(time, high_, low_)};
}

std::string StampSource::sibling(const Stamp& stamp) {
  ++low_;
  return encode(stamp.time, high_, low_);
}

std::string first_id_of(Time time) {
  return encode(std::max(time, Time{0}), 0, 0);
}
std::string last_id_of(Time time) {
  if (time < Time{0}) return {};
  return encode(std::max(time, Time{0}), high_bits_max, ~std::uint64_t{0});
}

bool is_well_formed_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 50 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-';
         });
}

}  // namespace contactd
