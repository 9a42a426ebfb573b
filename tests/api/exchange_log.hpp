// Everything that scenarios ask and are answered, kept for whoever holds it against the document of the service.
#pragma once

#include "client.hpp"

namespace contactd::scenario {

/// Appends a line of JSON to the file that the variable CONTACTD_EXCHANGES names, if it is set. Thread-safe.
void log_exchange(const Asked& asked, const Answer& answer);

}  // namespace contactd::scenario
