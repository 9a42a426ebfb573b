// What is made of a contact so that it can be found again: its name's words, and its keys.
#include "dedupe/keys.hpp"
#include "dedupe/name.hpp"
#include "fixture.hpp"
#include "measure.hpp"

namespace contactd::bench {
namespace {

[[maybe_unused]] const bool name = add("dedupe/take a name apart", [] {
  return [] { benchmark::DoNotOptimize(dedupe::parsed_name("Shri Aarav Chatterjee Deshmukh", false)); };
});

[[maybe_unused]] const bool keys = add("dedupe/keys of a contact", [] {
  return [contact = Fixture::get().contact()] { benchmark::DoNotOptimize(dedupe::keys_of(contact)); };
});

}  // namespace
}  // namespace contactd::bench
