// Routes, and whole requests: from a head that was read to an answer that is not yet bytes.
#include "api/routes.hpp"
#include "fixture.hpp"
#include "measure.hpp"

namespace contactd::bench {
namespace {

/// Asks the same again and again; stops the program when the answer is another than wanted.
auto asking(std::string_view target) {
  Service& service = Fixture::get().service();
  return [&service, request = service.request("GET", target)]() mutable {
    const http::Response response = service.ask(request);
    if (response.status != 200) throw std::runtime_error(response.body);
  };
}

[[maybe_unused]] const bool match = add("api/match_route of a contact", [] {
  return [target = http::split_target("/contacts/01JDHXVBZ0Q4T3N8Y6W2K5M7P9/")] {
    benchmark::DoNotOptimize(api::match_route("GET", target.segments));
  };
});

[[maybe_unused]] const bool health = add("api/GET /healthz/", [] { return asking("/healthz/"); });

[[maybe_unused]] const bool get = add("api/GET a contact", [] {
  static const std::string target = "/contacts/" + Fixture::get().id() + "/";
  return asking(target);
});

[[maybe_unused]] const bool page = add("api/GET a page of 15", [] { return asking("/contacts/?page_size=15"); });

[[maybe_unused]] const bool filtered = add("api/GET a page of 15, filtered", [] {
  return asking("/contacts/?namespace=Retail%20Lending&status=active&page_size=15");
});

[[maybe_unused]] const bool create = add(
    "api/POST a contact",
    [] {
      // Behind all references that were given before, and told apart by counting alone: nothing is made for it.
      static std::string body = Fixture::written_to().free_body();
      Service& service = Fixture::written_to().service();
      return
          [&service, place = place_of_number(body), request = service.request("POST", "/contacts/", body)]() mutable {
            count_on(request.body, place);
            const http::Response response = service.ask(request);
            if (response.status != 201) throw std::runtime_error(response.body);
            body = request.body;  // where the next run goes on
          };
    },
    Runs::elsewhere);

}  // namespace
}  // namespace contactd::bench
