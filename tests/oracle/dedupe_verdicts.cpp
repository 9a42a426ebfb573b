// Says what the dedupe kit makes of each line of standard input: "kind<TAB>value" or "kind<TAB>value<TAB>value". Prints
// one line for each: the normalised value or "-", or a number. dedupe_test.py holds that against other libraries.
#include <cstdio>
#include <iostream>
#include <string>

#include "dedupe/contact_points.hpp"
#include "dedupe/identifiers.hpp"
#include "dedupe/jaro_winkler.hpp"

namespace {

using contactd::dedupe::jaro_winkler;

std::optional<std::string> normalised(std::string_view kind, std::string_view value) {
  using namespace contactd::dedupe;
  if (kind == "pan") return normalised_pan(value);
  if (kind == "gstin") return normalised_gstin(value);
  if (kind == "aadhaar") return normalised_aadhaar(value);
  if (kind == "epic") return normalised_voter_id(value);
  if (kind == "phone") return normalised_phone(value);
  if (kind == "date") return normalised_date(value);
  return "unknown kind";
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::string_view all = line;
    const std::size_t tab = all.find('\t');
    const std::string_view kind = all.substr(0, tab);
    const std::string_view rest = tab == std::string_view::npos ? std::string_view{} : all.substr(tab + 1);
    if (kind == "jaro_winkler") {
      const std::size_t second = rest.find('\t');
      std::printf("%.9f\n", jaro_winkler(rest.substr(0, second), rest.substr(second + 1)));
    } else {
      std::puts(normalised(kind, rest).value_or("-").c_str());
    }
  }
}
