// The pages of docs/ that are also served: as much of Markdown as they use.
#pragma once

#include <string>
#include <string_view>

namespace contactd::web {

/// HTML of a text with headings (`#`, `##`), paragraphs, lists (`-`), fenced blocks, and inside of the lines `code`,
/// **strong**, *emphasis* and [links](/docs/). What a reader is to copy, blocks of `sh` and `json`, is marked as a
/// command. Anything else is shown as it stands.
std::string markdown_html(std::string_view text);

}  // namespace contactd::web
