// A row by its id, without what a request adds to it.
#include "fixture.hpp"
#include "measure.hpp"
#include "store/repository.hpp"

namespace contactd::bench {
namespace {

void find(store::Store& store, const std::string& id) {
  store.read(Service::caller(),
             [&](store::Session& session) { benchmark::DoNotOptimize(store::find<model::Contact>(session, id)); });
}

[[maybe_unused]] const bool find_one = add("store/find a contact, snapshot kept", [] {
  return [&fixture = Fixture::get()] { find(fixture.service().store(), fixture.id()); };
});

[[maybe_unused]] const bool find_fresh = add("store/find a contact, new snapshot", [] {
  return [&fixture = Fixture::get()] {
    find(fixture.service().store(), fixture.id());
    fixture.service().store().release_snapshot();
  };
});

}  // namespace
}  // namespace contactd::bench
