// Markdown becomes HTML, and what is no Markdown is shown as it stands.
#include "web/markdown.hpp"

#include <gtest/gtest.h>

#include <array>

namespace contactd::web {
namespace {

TEST(Markdown, Blocks) {
  EXPECT_EQ(markdown_html("# Day\n\nOne\ntwo.\nThree.\n\n## Noon\nFour.\n"),
            "<h1>Day</h1>\n<p>One two. Three.</p>\n<h2>Noon</h2>\n<p>Four.</p>\n");
  EXPECT_EQ(markdown_html("See:\n- one\n  more\n- two\n\nEnd"),
            "<p>See:</p>\n<ul>\n<li>one more</li>\n<li>two</li>\n</ul>\n<p>End</p>\n");
  EXPECT_EQ(markdown_html(""), "");
  EXPECT_EQ(markdown_html("\n\n"), "");
}

TEST(Markdown, FencedBlocksAreVerbatim) {
  EXPECT_EQ(markdown_html("```text\n# <a>\n\n  - **b**\n```\nAfter"),
            "<pre><code># &lt;a&gt;\n\n  - **b**</code></pre>\n<p>After</p>\n");
  EXPECT_EQ(markdown_html("```json\n{}\n```\n"), "<pre class=\"command\"><code>{}</code></pre>\n");
  EXPECT_EQ(markdown_html("```sh\nls"), "<pre class=\"command\"><code>ls</code></pre>\n");
}

TEST(Markdown, MarksInsideOfLines) {
  EXPECT_EQ(markdown_html("a **b *c* `*d*`** & [e `f`](/docs/?a=1&b)"),
            "<p>a <strong>b <em>c</em> <code>*d*</code></strong> &amp; "
            "<a href=\"/docs/?a=1&amp;b\">e <code>f</code></a></p>\n");
}

TEST(Markdown, WhatIsNoMarkStaysAsItIs) {
  constexpr std::array unfinished{"2 * 3", "a ** b", "one ` tick", "[no link]", "[half](way", "a](b)", "#5", "-1"};
  for (const std::string text : unfinished) EXPECT_EQ(markdown_html(text), "<p>" + text + "</p>\n");
  EXPECT_EQ(markdown_html("<script>\"</script>"), "<p>&lt;script&gt;&quot;&lt;/script&gt;</p>\n");
}

}  // namespace
}  // namespace contactd::web
