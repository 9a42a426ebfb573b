// Any bytes as a body: parsed, read as each resource, and written again. What was accepted must come back the same.
#include <cstdlib>

#include "model/address.hpp"
#include "model/bank.hpp"
#include "model/contact.hpp"
#include "model/relation.hpp"
#include "resource/read.hpp"
#include "resource/write.hpp"

namespace {

using namespace contactd;

template <class T>
void read_and_write(resource::JsonValue root) {
  for (const auto mode : {resource::ReadMode::create, resource::ReadMode::patch}) {
    Violations violations;
    const auto draft = resource::read_draft<T>(root, mode, resource::Path{}, violations);
    if (!violations.empty()) continue;
    std::string written;
    resource::append_resource(written, draft.value, "tenant-one");
    if (std::holds_alternative<resource::JsonError>(resource::JsonDocument::parse(written))) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parsed = resource::JsonDocument::parse(text);
  if (const auto* error = std::get_if<resource::JsonError>(&parsed)) {
    if (error->offset > size) std::abort();
    return 0;
  }
  const auto root = std::get<resource::JsonDocument>(parsed).root();
  std::string once, twice;
  resource::append_json(once, root);
  const auto again = resource::JsonDocument::parse(once);
  if (std::holds_alternative<resource::JsonError>(again)) std::abort();
  resource::append_json(twice, std::get<resource::JsonDocument>(again).root());
  if (once != twice) std::abort();
  read_and_write<model::Contact>(root);
  read_and_write<model::Address>(root);
  read_and_write<model::Bank>(root);
  read_and_write<model::Relation>(root);
  read_and_write<model::Namespace>(root);
  return 0;
}
