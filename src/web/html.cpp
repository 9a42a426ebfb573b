// Filling templates, and the problem table as HTML.
#include "web/html.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/problem.hpp"

namespace contactd::web {

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string fill(std::string page, std::string_view slot, std::string_view content) {
  const std::string mark = "{{" + std::string(slot) + "}}";
  const auto at = page.find(mark);
  if (at == std::string::npos) throw std::logic_error("the template has no " + mark);
  return page.replace(at, mark.size(), content);
}

namespace {

std::string link_to(const ProblemKind& kind) {
  const std::string code = escape_html(kind.code);
  return "<a href=\"/problems/" + code + "/\"><code>" + code + "</code></a>";
}

}  // namespace

std::string problem_table_html() {
  std::string html =
      "<table class=\"problems\">\n<thead><tr><th>Status</th><th>Code</th><th>What is wrong, and what to do</th></tr>"
      "</thead>\n<tbody>\n";
  for (const ProblemKind& kind : problem_table) {
    html += "<tr id=\"" + escape_html(kind.code) + "\"><td>" + std::to_string(kind.status) + "</td><td>" +
            link_to(kind) + "</td><td><strong>" + escape_html(kind.title) + ".</strong> " + escape_html(kind.help) +
            "</td></tr>\n";
  }
  return html + "</tbody>\n</table>";
}

std::string problem_html(std::string_view code) {
  const auto kind = std::find_if(problem_table.begin(), problem_table.end(),
                                 [&](const ProblemKind& each) { return each.code == code; });
  if (kind == problem_table.end()) throw std::logic_error("the problem table has no such code");
  std::string others;
  for (const ProblemKind& other : problem_table) {
    if (other.status != kind->status || other.code == kind->code) continue;
    others += (others.empty() ? "" : ", ") + link_to(other);
  }
  std::string html = "<p class=\"status\"><span class=\"badge\">" + std::to_string(kind->status) + "</span> <code>" +
                     escape_html(kind->code) + "</code></p>\n<h1>" + escape_html(kind->title) +
                     "</h1>\n<h2>What to do</h2>\n<p>" + escape_html(kind->help) + "</p>\n";
  if (!others.empty()) {
    html += "<h2>Others with status " + std::to_string(kind->status) + "</h2>\n<p>" + others + "</p>\n";
  }
  return html;
}

}  // namespace contactd::web
