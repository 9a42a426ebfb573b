// The service of the benchmarks, in a temporary folder that goes at the end.
#include "fixture.hpp"

#include <unistd.h>

#include "store/repository.hpp"

namespace contactd::bench {
namespace {

std::filesystem::path temporary_path(const std::string& name) {
  return std::filesystem::temp_directory_path() / ("contactd_bench_" + name + "_" + std::to_string(::getpid()));
}

/// Without waiting for the disk: what the processor does is measured here.
store::StoreSettings settings_for(const std::string& path) {
  store::StoreSettings settings;
  settings.sqlite.path = path;
  settings.sqlite.synchronous = false;
  return settings;
}

}  // namespace

Fixture::Fixture(const std::string& name)
    : folder_(temporary_path(name)), service_(settings_for(folder_.file("contacts.db"))) {
  make_namespaces(service_);
  for (std::size_t i = 0; i < contacts; ++i) {
    const http::Response made = service_.make("/contacts/", free_body());
    if (i == contacts / 2) id_ = member(made.body, "id");
  }
}

Fixture& Fixture::get() {
  static Fixture fixture("micro");
  return fixture;
}

Fixture& Fixture::written_to() {
  static Fixture fixture("micro_written");
  return fixture;
}

model::Contact Fixture::contact() {
  std::optional<model::Contact> found;
  service_.store().read(Service::caller(),
                        [&](store::Session& session) { found = store::find<model::Contact>(session, id_); });
  service_.store().release_snapshot();
  return found.value();
}

}  // namespace contactd::bench
