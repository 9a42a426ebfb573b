// Names and towns by region, so that a family sounds like one.
#pragma once

#include <span>
#include <string_view>

#include "sandbox/people.hpp"

namespace contactd::sandbox {

struct Region {
  std::span<const std::string_view> men, women, surnames;
  std::span<const City> cities;
};

std::span<const Region> regions();

}  // namespace contactd::sandbox
