// Folding for search: simple case folding, one code point for one, and white space of all kinds.
#include "base/fold_case.hpp"

#include <gtest/gtest.h>

namespace contactd {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  append_folded(out, text);
  return out;
}

TEST(FoldCase, IsSimple) {
  EXPECT_EQ(folded("Asha RAO-9_%"), "asha rao-9_%");
  EXPECT_EQ(folded("\u00C9MILE"), "\u00E9mile");
  EXPECT_EQ(folded("\u1E9E\u00DF"), "\u00DF\u00DF");    // neither becomes ss
  EXPECT_EQ(folded("\u0130I\u0131"), "\u0130i\u0131");  // the dotted I and the dotless i are letters of their own
  EXPECT_EQ(folded("\u212A\u017F"), "ks");              // Kelvin sign, long s
  EXPECT_EQ(folded("\u03A3\u03C3\u03C2"), "\u03C3\u03C3\u03C3");
  EXPECT_EQ(folded("\U00010400"), "\U00010428");
  EXPECT_EQ(folded("\U0001F600\u65E5"), "\U0001F600\u65E5");
}

TEST(FoldCase, MakesEveryWhiteSpaceASpace) {
  EXPECT_EQ(folded("a\tb\nc\vd\fe\rf\u00A0g\u3000h\u2028i"), "a b c d e f g h i");
  EXPECT_EQ(folded("a\u200Bb"), "a\u200Bb");  // a joiner is none
}

TEST(FoldCase, SplitsWordsOnceEach) {
  EXPECT_EQ(folded_words("  Rao asha  RAO\u3000b "), (std::vector<std::string>{"asha", "b", "rao"}));
  EXPECT_TRUE(folded_words(" \t\u3000").empty());
  EXPECT_TRUE(folded_words("").empty());
}

TEST(FoldCase, KeepsNothingThatIsNotUtf8) {
  EXPECT_EQ(folded("a\xFFz"), "az");
  EXPECT_EQ(folded("a\xE2\x82"), "a");
}

}  // namespace
}  // namespace contactd
