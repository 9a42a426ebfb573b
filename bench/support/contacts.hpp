// New contacts as text, of the same shape as those of bench/wrk/contact.lua.
#pragma once

#include <cstddef>
#include <random>
#include <string>

#include "service.hpp"

namespace contactd::bench {

/// Makes the namespaces that the contacts are in.
void make_namespaces(Service& service);

/// Gives bodies of contacts that never were before, the same ones at every run.
class Contacts {
 public:
  std::string next();

 private:
  std::size_t number(std::size_t below) { return random_() % below; }
  std::mt19937 random_{1};
  std::size_t made_ = 0;
};

/// The place of the number in a body's `ref_id`, eight digits which a benchmark may count on.
std::size_t place_of_number(const std::string& body);
/// Adds one to that number.
void count_on(std::string& body, std::size_t place);

}  // namespace contactd::bench
