// The one place through which every row is read by its id and every write goes.
#pragma once

#include <optional>

#include "base/problem.hpp"
#include "store/contact_rules.hpp"
#include "store/derived.hpp"
#include "store/history.hpp"
#include "store/row_json.hpp"
#include "store/search.hpp"

namespace contactd::store {

/// The resource of that id in the session's tenant; for a write it stays as it is until the transaction ends.
template <class T>
std::optional<T> find(Session& session, std::string_view id) {
  std::optional<T> found;
  const auto take = [&](const Row& row) {
    found = read_row<T>(row);
    return false;
  };
  if (session.locks_rows()) {
    session.run(locking_select_sql<T>(session.dialect()), session.values().add(id), take);
  } else {
    session.run_by_id(select_by_id<T>(session.dialect()), id, take);
  }
  return found;
}

/// A resource as it is shown.
struct Shown {
  std::string json;
  std::int64_t version = 0;
};

/// What an answer shows of the resource of that id in the session's tenant.
template <class T>
std::optional<Shown> find_shown(Session& session, std::string_view id) {
  std::optional<Shown> shown;
  session.run_by_id(select_by_id<T>(session.dialect()), id, [&](const Row& row) {
    shown.emplace(Shown{{}, version_of(row)});
    shown->json.reserve(1'024);
    append_row<T>(shown->json, row, session.caller().tenant);
    return false;
  });
  return shown;
}

/// What follows from every write, in its transaction. `before` is null for a creation, `after` for a removal; `place`
/// is the row's, where it is known.
template <class T>
void keep_derived(WriteSession& session, Time at, Action action, const T* before, const T* after,
                  std::optional<std::int64_t> place = std::nullopt) {
  keep_counts(session, before, after);
  keep_tags(session, before, after);
  keep_search(session, before, after, place);
  keep_history(session, at, action, before, after);
  follow(session, before, after);
}

/// The id of the row that has these values in a rule of uniqueness: $1 tenant, then the values.
template <class T>
std::string same_values_sql(const resource::Unique& unique) {
  const std::string table = table_of<T>();
  std::string sql = "SELECT " + table + ".id FROM " + table + " WHERE " + tenant_wall(table);
  int place = 2;
  for_each_unique_column<T>(unique, [&](const std::string& column, bool) {
    sql += " AND " + table + "." + column + " = $" + std::to_string(place++);
  });
  return sql;
}

/// The id of another row that has the same values in a rule of uniqueness, as a Problem `already_exists`. What has
/// stayed as it was in `before` (null: the row is new) is nobody else's.
template <class T>
void refuse_repetition(Session& session, const T* before, const T& value) {
  constexpr auto uniques = description<T>.names.uniques;
  static const std::array<std::string, uniques.size()> statements{same_values_sql<T>(uniques[0]),
                                                                  same_values_sql<T>(uniques[1])};
  for (std::size_t i = 0; i < uniques.size(); ++i) {
    Values values = session.values();
    bool complete = !uniques[i][0].empty(), changed = before == nullptr;
    for (const std::string_view name : uniques[i]) {
      for_each_field<T>([&](const auto& each) {
        if (each.name != name) return;
        using Member = typename std::remove_cvref_t<decltype(each)>::member_type;
        if constexpr (resource::is_optional<Member>) complete = complete && (value.*each.member).has_value();
        changed = changed || !(before->*each.member == value.*each.member);
        values.add(value.*each.member);
      });
    }
    if (!complete || !changed) continue;
    const auto existing = session.first_text(statements[i], values);
    if (!existing || *existing == value.audit.id) continue;
    Problem problem(problem_kind("already_exists"), "there is a " + std::string(description<T>.names.singular) +
                                                        " with the same " + resource::joined_names(uniques[i]));
    problem.existing_id = *existing;
    throw problem;
  }
}

/// The place of a new row.
template <class T>
std::int64_t next_place(Session& session) {
  const auto newest = session.first_integer(newest_place_sql<T>(), session.values());
  return newest.value_or(session.tenant_number() << place_bits) + 1;
}

/// Keeps a new row; that it repeats another is known when nothing was kept.
template <class T>
void insert_unless_there(WriteSession& session, const T& value, const Values& values) {
  const auto no_rows = [](const Row&) { return true; };
  if (session.run(insert_sql<T>(session.dialect()), values, no_rows) == 1) return;
  refuse_repetition<T>(session, nullptr, value);
  throw StoreError(StoreError::Kind::again, "a row that was in the way has gone meanwhile");
}

/// Keeps a new resource; gives it its id, its times and its maker.
template <class T>
void insert(WriteSession& session, T& value) {
  hold_contacts_of<T>(session, nullptr, &value);
  Stamp stamp = session.stamps().next();
  value.audit.id = std::move(stamp.id);
  value.audit.created_at = value.audit.updated_at = stamp.time;
  value.audit.created_by = session.caller().user;
  if constexpr (requires { value.props; }) {
    for (auto& prop : value.props) prop.id = session.stamps().sibling({stamp.time, {}});
  }
  settle(session, static_cast<const T*>(nullptr), value);
  const bool asks_first = session.dialect().unless_there.empty();
  if (asks_first) refuse_repetition<T>(session, nullptr, value);
  Values values = insert_values(session.tenant_number(), value);
  std::optional<std::int64_t> place;
  if (session.dialect().has_places) values.add(*(place = next_place<T>(session)));
  if (asks_first) {
    session.run(insert_sql<T>(session.dialect()), values);
  } else {
    insert_unless_there(session, value, values);
  }
  keep_derived<T>(session, stamp.time, Action::create, nullptr, &value, place);
}

template <class T>
std::bitset<resource::fields_max> changed_fields(const T& before, const T& after) {
  std::bitset<resource::fields_max> changed;
  for_each_field_indexed<T>(
      [&](const auto& each, std::size_t index) { changed[index] = !(before.*each.member == after.*each.member); });
  return changed;
}

/// Keeps what changed between `before` and `after`, and nothing when nothing did: true when something was written.
template <class T>
bool update(WriteSession& session, const T& before, T& after, Action action = Action::update) {
  if (changed_fields(before, after).none()) return false;
  hold_contacts_of(session, &before, &after);
  const Stamp stamp = session.stamps().next();
  if constexpr (requires { after.props; }) {
    for (auto& prop : after.props) {
      if (prop.id.empty()) prop.id = session.stamps().sibling(stamp);
    }
  }
  after.audit.updated_at = stamp.time;
  after.audit.updated_by = session.caller().user;
  after.audit.version = before.audit.version + 1;
  settle(session, &before, after);
  refuse_repetition(session, &before, after);
  const auto changed = changed_fields(before, after);
  Values values = session.values();
  values.add(after.audit.id).add(after.audit.updated_by).add(after.audit.updated_at).add(after.audit.version);
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if (changed[index]) values.add(after.*each.member);
  });
  session.run(update_sql<T>(changed), values);
  keep_derived(session, stamp.time, action, &before, &after);
  return true;
}

template <class T>
void remove(WriteSession& session, const T& before) {
  hold_contacts_of<T>(session, &before, nullptr);
  keep_derived<T>(session, session.stamps().tick(), Action::remove, &before, nullptr);
  session.run(delete_sql<T>(), session.values().add(before.audit.id));
}

/// Looks up what the given fields refer to, and puts the ids of what they name into the draft. What the tenant does not
/// have is a violation. An immutable reference that is only repeated needs no look.
template <class T>
void resolve_references(Session& session, resource::Draft<T>& draft, const T* current, Violations& violations) {
  for_each_field_indexed<T>([&](const auto& each, std::size_t index) {
    if constexpr (requires { each.rule.table; }) {
      if (!draft.given[index] || (each.traits.immutable && current != nullptr)) return;
      auto& member = draft.value.*each.member;
      using Member = std::remove_cvref_t<decltype(member)>;
      if constexpr (std::is_same_v<Member, Named>) {
        if (member.name.empty()) return;  // its violation is known already
        session.run(id_by_name_sql(each.rule.table), session.values().add(member.name), [&](const Row& row) {
          member.id = std::string(row.text(0));
          return false;
        });
        if (!member.id.empty()) return;
      } else {
        std::string id;
        if constexpr (resource::is_optional<Member>) {
          id = member.value_or("");
        } else {
          id = member;
        }
        if (id.empty() || session.first_integer(exists_sql(each.rule.table), session.values().add(id))) return;
      }
      violations.push_back(
          {std::string(each.name), "does_not_exist", "there is no such one in " + std::string(each.rule.table)});
    }
  });
}

}  // namespace contactd::store
