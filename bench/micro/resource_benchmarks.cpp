// From the text of a body to a checked contact, and from contacts to the text of an answer.
#include "contacts.hpp"
#include "fixture.hpp"
#include "measure.hpp"
#include "resource/read.hpp"
#include "resource/write.hpp"

namespace contactd::bench {
namespace {

constexpr std::size_t page_rows = 15;

[[maybe_unused]] const bool parse = add("resource/parse a create body", [] {
  return [body = Contacts().next()] { benchmark::DoNotOptimize(resource::JsonDocument::parse(body)); };
});

[[maybe_unused]] const bool validate = add("resource/read_draft of a create body", [] {
  auto parsed = std::get<resource::JsonDocument>(resource::JsonDocument::parse(Contacts().next()));
  return [document = std::move(parsed)] {
    Violations violations;
    benchmark::DoNotOptimize(resource::read_draft<model::Contact>(document.root(), resource::ReadMode::create,
                                                                  resource::Path{}, violations));
  };
});

[[maybe_unused]] const bool write_one = add("resource/serialise a contact", [] {
  return [contact = Fixture::get().contact()] {
    std::string text;
    text.reserve(768);  // as the answer's text is
    resource::append_resource(text, contact, "bench-tenant");
    benchmark::DoNotOptimize(text);
  };
});

[[maybe_unused]] const bool write_page = add("resource/serialise 15 contacts", [] {
  return [page = std::vector<model::Contact>(page_rows, Fixture::get().contact())] {
    std::string text;
    for (const model::Contact& contact : page) resource::append_resource(text, contact, "bench-tenant");
    benchmark::DoNotOptimize(text);
  };
});

}  // namespace
}  // namespace contactd::bench
