// What an operator has to put right before the service can tell good tokens from bad ones.
#pragma once

#include <stdexcept>

namespace contactd::auth {

/// Thrown when keys, secrets or the wishes for a token are unusable. what() is one sentence for a terminal: it names
/// the file or the key at fault and never holds a secret.
class SetupError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace contactd::auth
