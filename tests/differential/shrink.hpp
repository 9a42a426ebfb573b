// The shortest sequence that still shows a difference.
#pragma once

#include "twins.hpp"

namespace contactd::differential {

/// Leaves out what can be left out, playing what remains each time (delta debugging: halves, then smaller parts). The
/// steps given must differ in the last one; so do those that it gives, or all of them come back when they do not differ
/// from a fresh beginning.
Steps shrunk(Twins& twins, Steps steps, int plays_max = 400);

/// The steps as a scenario of tests/api/README.md, with what they keep of each other.
std::string as_scenario(const Steps& steps);

}  // namespace contactd::differential
