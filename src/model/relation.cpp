// What the fields of a relation say together.
#include "model/relation.hpp"

namespace contactd::model {

void check(const Relation& relation, Violations& violations) {
  if (!relation.contact.empty() && relation.related_contact == relation.contact) {
    violations.push_back({"related_contact", "same_contact", "must be another contact"});
  }
}

}  // namespace contactd::model
