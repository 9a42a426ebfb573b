// Checks of the history against the rows of which it tells.
#pragma once

#include "store/findings.hpp"
#include "store/rebuild.hpp"

namespace contactd::store {

/// A resource whose changes stand in the history of the contact that owns it.
struct ToldResource {
  std::string name;          ///< As the history calls it: "address".
  std::string table;         ///< "addresses"
  std::string owner_column;  ///< Names the contact: "contact_id"; of a contact itself, "id".
  bool may_move = false;     ///< Its history may also stand with contacts that it no longer names.
};

/// The first reference to a contact owns a row; it never changes. Of any further one the history knows too.
template <class T>
ToldResource told_resource() {
  ToldResource told{std::string(description<T>.names.singular), table_of<T>(), {}, false};
  if (told.table == "contacts") told.owner_column = "id";
  for_each_field<T>([&](const auto& each) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(each.rule)>, resource::Reference>) {
      if (each.rule.table != "contacts") return;
      told.may_move = !told.owner_column.empty();
      if (!told.may_move) told.owner_column = column_of(each);
    }
  });
  return told;
}

/// What can be said: that a row which has not been removed is there; that it was made; that it has as many changes as
/// its version says; that every row has a history. One contact's history is held in memory at a time.
void check_history(Connection& connection, std::int64_t tenant, const std::vector<ToldResource>& resources,
                   Findings& findings);

}  // namespace contactd::store
