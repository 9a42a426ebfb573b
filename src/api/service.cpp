// Health and readiness.
#include "api/service.hpp"

namespace contactd::api {
namespace {

Reply ok() {
  return {.body = [] { return std::string(R"({"status":"ok"})"); }};
}

}  // namespace

Plan healthz(const Call&) {
  return {ok()};
}

Plan readyz(const Call&) {
  return {ReadWork([](store::Session&) { return ok(); })};
}

}  // namespace contactd::api
