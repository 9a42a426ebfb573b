// Which pages there are, what they are made of, and what a browser may do on them.
#include "web/document.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "base/problem.hpp"
#include "web/gzip.hpp"
#include "web/html.hpp"
#include "web/markdown.hpp"

namespace contactd::web {
namespace {

// Every page: own files alone, nothing inline, nothing sent anywhere, not to be framed.
constexpr std::string_view strict_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";
// The reference component also calls this service, and makes its styles while it runs: those cannot be named before.
// Scripts stay as strict, and no style can fetch from elsewhere.
constexpr std::string_view reference_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct ContentType {
  std::string_view ending;
  std::string_view name;
};

constexpr std::string_view html_type = "text/html; charset=utf-8";
constexpr std::array content_types{
    ContentType{".css", "text/css; charset=utf-8"},
    ContentType{".js", "text/javascript; charset=utf-8"},
    ContentType{".svg", "image/svg+xml"},
};

using Documents = std::map<std::string, std::unique_ptr<const Document>, std::less<>>;

const Document* find_in(const Documents& documents, std::string_view name) {
  const auto found = documents.find(name);
  return found == documents.end() ? nullptr : found->second.get();
}

/// A template of web/pages; the build packs what is asked for here.
std::string template_of(std::string_view name) {
  return gunzip(find_packed_file("pages/" + std::string(name) + ".html")->gzipped);
}

/// A page that is read in docs/ too.
std::string article(std::string_view name) {
  const std::string text = gunzip(find_packed_file("articles/" + std::string(name) + ".md")->gzipped);
  return fill(template_of("article"), "article", markdown_html(text));
}

std::unique_ptr<const Document> page(std::string_view title, std::string_view main,
                                     std::string_view policy = strict_policy) {
  std::string html = fill(template_of("frame"), "title", escape_html(title));
  return std::make_unique<const Document>(html_type, policy, fill(std::move(html), "main", main));
}

Documents make_pages() {
  Documents pages;
  pages["reference"] = page("API reference", template_of("reference"), reference_policy);
  pages["getting-started"] = page("Getting started", template_of("getting-started"));
  pages["day"] = page("A lender's day", article("tutorial-browser"));
  pages["problems"] = page("Problems", fill(template_of("problems"), "problems", problem_table_html()));
  return pages;
}

Documents make_problem_pages() {
  Documents pages;
  for (const ProblemKind& kind : problem_table) {
    const std::string main = fill(template_of("problem"), "problem", problem_html(kind.code));
    pages[std::string(kind.code)] = page(kind.title, main);
  }
  return pages;
}

Documents make_assets() {
  constexpr std::string_view folder = "assets/";
  Documents assets;
  for (const PackedFile& file : packed_files()) {
    const auto type = std::find_if(content_types.begin(), content_types.end(),
                                   [&](const ContentType& each) { return file.name.ends_with(each.ending); });
    if (!file.name.starts_with(folder) || type == content_types.end()) continue;
    assets[std::string(file.name.substr(folder.size()))] =
        std::make_unique<const Document>(type->name, strict_policy, file);
  }
  return assets;
}

}  // namespace

Document::Document(std::string_view content_type, std::string_view security_policy, const PackedFile& file)
    : content_type_(content_type), security_policy_(security_policy), gzipped_(file.gzipped) {}

Document::Document(std::string_view content_type, std::string_view security_policy, std::string page)
    : content_type_(content_type), security_policy_(security_policy), made_(gzip(page)), gzipped_(made_) {}

std::string_view Document::plain() const {
  std::call_once(unpacked_, [this] { plain_ = gunzip(gzipped_); });
  return plain_;
}

const Document* find_page(std::string_view name) {
  static const Documents pages = make_pages();
  return find_in(pages, name);
}

const Document* find_asset(std::string_view name) {
  static const Documents assets = make_assets();
  return find_in(assets, name);
}

const Document* find_problem_page(std::string_view code) {
  static const Documents pages = make_problem_pages();
  return find_in(pages, code);
}

}  // namespace contactd::web
