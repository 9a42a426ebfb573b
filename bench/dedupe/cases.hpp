// What is asked: duplicates of what is stored, each with one kind of variation, and people who are not stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "people.hpp"

namespace contactd::bench {

struct Case {
  std::string kind;
  dedupe::Party record;
  std::optional<std::size_t> same_as;  ///< Which of the stored it is; nobody for a new one.
};

/// The stored people and companies, in households. A few dozen of them share an agent's telephone.
std::vector<Somebody> make_stored(Random& random, std::size_t count);
std::vector<Case> make_duplicates(Random& random, const std::vector<Somebody>& stored, std::size_t count);
std::vector<Case> make_new(Random& random, const std::vector<Somebody>& stored, std::size_t count);

}  // namespace contactd::bench
