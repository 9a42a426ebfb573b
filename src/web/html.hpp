// Texts for pages that are put together while running.
#pragma once

#include <string>
#include <string_view>

namespace contactd::web {

/// The text as the content of an element or a quoted attribute.
std::string escape_html(std::string_view text);

/// The template with what stands for `{{slot}}` in its place; a template without that slot throws std::logic_error.
std::string fill(std::string page, std::string_view slot, std::string_view content);

/// The table of all problem codes, as HTML.
std::string problem_table_html();

/// One row of the problem table: what is wrong, and what to do. The code must be of the table.
std::string problem_html(std::string_view code);

}  // namespace contactd::web
