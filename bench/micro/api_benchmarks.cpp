// Routes, and whole requests: from a head that was read to an answer that is not yet bytes.
#include <memory>

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

/// That list in so many spellings (of the letters of `page_size`, which may be percent-encoded) that none is still kept
/// ready when it comes again.
std::vector<std::string> spellings_of(const std::string& path) {
  constexpr std::string_view name = "page_size", hex = "0123456789ABCDEF";
  constexpr std::size_t trailing_max = 4;
  std::vector<std::string> spellings;
  for (std::size_t number = 0; number < trailing_max << name.size(); ++number) {
    std::string& text = spellings.emplace_back(path);
    for (std::size_t place = 0; place < name.size(); ++place) {
      const auto byte = static_cast<unsigned char>(name[place]);
      text +=
          (number >> place & 1) == 0 ? std::string(1, name[place]) : std::string{'%', hex[byte >> 4], hex[byte & 15]};
    }
    text += "=15" + std::string(number >> name.size(), '&');
  }
  return spellings;
}

/// Asks for that list, which is made anew each time.
auto asking_anew(const std::string& path) {
  Service& service = Fixture::get().service();
  auto targets = std::make_shared<std::vector<std::string>>(spellings_of(path));
  return [&service, targets, next = std::size_t{0}, request = service.request("GET", "/")]() mutable {
    request.target = (*targets)[next++ % targets->size()];
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

[[maybe_unused]] const bool kept =
    add("api/GET a page of 15, kept ready", [] { return asking("/contacts/?page_size=15"); });

[[maybe_unused]] const bool page = add("api/GET a page of 15", [] { return asking_anew("/contacts/?"); });

[[maybe_unused]] const bool filtered = add("api/GET a page of 15, filtered", [] {
  return asking_anew("/contacts/?namespace=Retail%20Lending&status=active&");
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
