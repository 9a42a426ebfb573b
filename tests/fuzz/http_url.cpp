// Targets taken apart: no text crashes it, and what is taken apart can be put together again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/url.hpp"

namespace {

using namespace contactd::http;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string encoded(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', digits[byte >> 4], digits[byte & 15]});
  }
  return out;
}

std::string joined(const Target& target) {
  std::string out;
  for (const std::string& segment : target.segments) out += "/" + encoded(segment);
  if (target.trailing_slash) out += "/";
  out += "?";
  for (const auto& [name, value] : target.parameters) out += encoded(name) + "=" + encoded(value) + "&";
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Target target = split_target(text);
  if (target.verdict != Target::Verdict::ok) return 0;
  for (const std::string& segment : target.segments) {
    require(!segment.empty() && segment != "." && segment != ".." && segment.find('/') == std::string::npos &&
            segment.find('\0') == std::string::npos);
  }
  const Target again = split_target(joined(target));
  require(again.verdict == Target::Verdict::ok && again.segments == target.segments &&
          again.trailing_slash == target.trailing_slash && again.parameters == target.parameters);
  return 0;
}
