// Markdown as HTML, line by line: a block begins with its first line and ends with a line that cannot be part of it.
#include "web/markdown.hpp"

#include <algorithm>
#include <string>

#include "web/html.hpp"

namespace contactd::web {
namespace {

constexpr std::string_view fence = "```";
constexpr std::string_view item_mark = "- ";

/// Takes the first line, without its end, off the text.
std::string_view next_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

std::string element(std::string_view name, const std::string& content) {
  return "<" + std::string(name) + ">" + content + "</" + std::string(name) + ">";
}

std::string inline_html(std::string_view text);

/// What stands between `mark` at the text's beginning and its next occurrence is taken off the text; empty when there
/// is no such pair.
std::string_view enclosed(std::string_view& text, std::string_view mark) {
  if (!text.starts_with(mark)) return {};
  const auto end = text.find(mark, mark.size());
  if (end == std::string_view::npos) return {};
  const std::string_view inside = text.substr(mark.size(), end - mark.size());
  if (!inside.empty()) text.remove_prefix(end + mark.size());
  return inside;
}

/// A link at the text's beginning, taken off the text; empty when there is none.
std::string link_html(std::string_view& text) {
  const auto middle = text.find("](");
  const auto end = text.find(')', std::min(middle, text.size()));
  if (!text.starts_with('[') || end == std::string_view::npos) return {};
  const std::string target = escape_html(text.substr(middle + 2, end - middle - 2));
  const std::string html = "<a href=\"" + target + "\">" + inline_html(text.substr(1, middle - 1)) + "</a>";
  text.remove_prefix(end + 1);
  return html;
}

/// The first piece of a line, taken off it: something marked, or one character.
std::string piece_html(std::string_view& text) {
  if (const auto code = enclosed(text, "`"); !code.empty()) return element("code", escape_html(code));
  if (const auto strong = enclosed(text, "**"); !strong.empty()) return element("strong", inline_html(strong));
  if (const auto stressed = enclosed(text, "*"); !stressed.empty()) return element("em", inline_html(stressed));
  if (std::string link = link_html(text); !link.empty()) return link;
  const std::string plain = escape_html(text.substr(0, 1));
  text.remove_prefix(1);
  return plain;
}

std::string inline_html(std::string_view text) {
  std::string html;
  while (!text.empty()) html += piece_html(text);
  return html;
}

/// The rest of a fenced block whose first line is taken off already.
std::string fenced_html(std::string_view language, std::string_view& text) {
  std::string content;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.starts_with(fence)) break;
    content += (content.empty() ? "" : "\n") + escape_html(line);
  }
  const bool copied = language == "sh" || language == "json";
  return (copied ? "<pre class=\"command\">" : "<pre>") + element("code", content) + "</pre>\n";
}

/// The line and those after it that go on in the same paragraph or list item, as one.
std::string gather(std::string_view line, std::string_view& text) {
  std::string gathered(line);
  while (!text.empty() && text.front() != '\n' && !text.starts_with(item_mark) && !text.starts_with(fence)) {
    std::string_view more = next_line(text);
    more.remove_prefix(std::min(more.find_first_not_of(' '), more.size()));
    gathered.append(" ").append(more);
  }
  return gathered;
}

std::string list_html(std::string_view line, std::string_view& text) {
  std::string items;
  for (;;) {
    items += element("li", inline_html(gather(line.substr(item_mark.size()), text))) + "\n";
    if (!text.starts_with(item_mark)) return element("ul", "\n" + items) + "\n";
    line = next_line(text);
  }
}

}  // namespace

std::string markdown_html(std::string_view text) {
  std::string html;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.empty()) continue;
    if (line.starts_with(fence)) {
      html += fenced_html(line.substr(fence.size()), text);
    } else if (line.starts_with("# ")) {
      html += element("h1", inline_html(line.substr(2))) + "\n";
    } else if (line.starts_with("## ")) {
      html += element("h2", inline_html(line.substr(3))) + "\n";
    } else if (line.starts_with(item_mark)) {
      html += list_html(line, text);
    } else {
      html += element("p", inline_html(gather(line, text))) + "\n";
    }
  }
  return html;
}

}  // namespace contactd::web
