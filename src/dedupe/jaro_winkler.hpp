// How alike two words are.
#pragma once

#include <string_view>

namespace contactd::dedupe {

/// Jaro-Winkler similarity of bytes, 0 to 1; the first four bytes count more. Words beyond 64 bytes are cut there.
double jaro_winkler(std::string_view a, std::string_view b);

/// What it takes to turn one word into the other, weighted by how names are misspelt: a vowel costs little, two letters
/// changing places cost something, another consonant costs most (Ramesh is not Rajesh). Words beyond 32 bytes are cut.
double spelling_distance(std::string_view a, std::string_view b);

}  // namespace contactd::dedupe
