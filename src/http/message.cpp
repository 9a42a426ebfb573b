// Looking up header fields by name.
#include "http/message.hpp"

#include "http/tokens.hpp"

namespace contactd::http {

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const HeaderField& field : headers) {
    if (equals_ignoring_case(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::size_t Request::header_count(std::string_view name) const {
  std::size_t count = 0;
  for (const HeaderField& field : headers) count += equals_ignoring_case(field.name, name) ? 1 : 0;
  return count;
}

}  // namespace contactd::http
