// E-mail addresses: what two spellings of one mailbox have in common.
#include <algorithm>
#include <array>

#include "dedupe/contact_points.hpp"
#include "dedupe/text.hpp"

namespace contactd::dedupe {
namespace {

/// Words that say that there is none. What merely looks made up (test, abc) is compared like any other.
constexpr std::array<std::string_view, 10> nobody{"na",     "none",     "no",   "nil",     "noemail",
                                                  "nomail", "notgiven", "null", "unknown", "notavailable"};

bool is_mailbox_character(char c) {
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.";
  return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
}

bool is_domain(std::string_view domain) {
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return false;
  if (domain.front() == '-' || domain.find("..") != std::string_view::npos) return false;
  return std::all_of(domain.begin(), domain.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

}  // namespace

std::optional<std::string> normalised_email(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == '.')) text.remove_suffix(1);
  if (text.size() > 7 && folded(text.substr(0, 7)) == "mailto") text.remove_prefix(7);
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return std::nullopt;
  std::string local(text.substr(0, at));
  std::string domain(text.substr(at + 1));
  if (!std::all_of(local.begin(), local.end(), is_mailbox_character) || !is_domain(domain)) return std::nullopt;
  std::transform(local.begin(), local.end(), local.begin(), to_lower);
  std::transform(domain.begin(), domain.end(), domain.begin(), to_lower);
  if (domain == "googlemail.com") domain = "gmail.com";
  if (const std::size_t tag = local.find('+'); tag != std::string::npos && tag > 0) local.resize(tag);
  if (domain == "gmail.com") local.erase(std::remove(local.begin(), local.end(), '.'), local.end());
  if (local.empty() || std::find(nobody.begin(), nobody.end(), local) != nobody.end()) return std::nullopt;
  return local + "@" + domain;
}

}  // namespace contactd::dedupe
