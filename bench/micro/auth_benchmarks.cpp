// Who is asking: a token seen for the first time, and one that is remembered.
#include <ctime>

#include "auth/verified_tokens.hpp"
#include "fixture.hpp"
#include "measure.hpp"

namespace contactd::bench {
namespace {

[[maybe_unused]] const bool cold = add("auth/verify a token (HS256), cold", [] {
  return [&service = Fixture::get().service(), now = std::time(nullptr)] {
    benchmark::DoNotOptimize(service.verifier().verify(service.token(), now));
  };
});

[[maybe_unused]] const bool remembered = add("auth/verify a token, remembered", [] {
  Service& service = Fixture::get().service();
  return [&service, now = std::time(nullptr), tokens = std::make_unique<auth::VerifiedTokens>(service.verifier())] {
    benchmark::DoNotOptimize(tokens->verify(service.token(), now));
  };
});

}  // namespace
}  // namespace contactd::bench
