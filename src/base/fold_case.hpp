// Text as `search` compares it: case folded, white space made equal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Appends valid UTF-8 with Unicode's simple case folding, which maps one code point to one code point, and with each
/// white space (Unicode White_Space) as a space.
void append_folded(std::string& out, std::string_view text);

/// The words of a text, folded, each once, in code point order.
std::vector<std::string> folded_words(std::string_view text);

/// The version of Unicode that folds here: what was folded by another one must be folded anew.
std::string_view folding_version();

}  // namespace contactd
