// Counters of namespaces, and the search for a number that is free.
#include "store/references.hpp"

#include <random>

#include "base/problem.hpp"
#include "model/namespace.hpp"
#include "store/repository.hpp"

namespace contactd::store {
namespace {

using model::Namespace;

/// Numbers that are tried one after the other: holes left by a counter that was set back are mostly short.
constexpr std::int64_t steps_max = 32;
/// So few numbers are all tried.
constexpr std::int64_t small_rest_max = 1'000;
/// Numbers that are tried by chance, in each of the windows.
constexpr int chances_max = 64;

/// What a draw differs in for contacts and for accounts.
struct Kind {
  std::optional<std::string> Namespace::*pattern;
  std::int64_t Namespace::*counter;
  std::string_view pattern_column;
  std::string_view counter_column;
  std::string_view taken_sql;  ///< $1 tenant, $2 namespace, $3 reference
};

const Kind contact_kind{&Namespace::contact_pattern, &Namespace::contact_counter, "contact_pattern", "contact_counter",
                        "SELECT 1 FROM contacts WHERE contacts.tenant_id = $1 AND contacts.namespace_id = $2 AND "
                        "contacts.ref_id = $3"};
const Kind account_kind{&Namespace::account_pattern, &Namespace::account_counter, "account_pattern", "account_counter",
                        "SELECT 1 FROM account_references WHERE account_references.tenant_id = $1 AND "
                        "account_references.namespace_id = $2 AND account_references.ref_id = $3"};

/// A counter that moves is no edit by a person: the version says that the namespace changed, `updated_by` stays.
void move_counter(WriteSession& session, const Kind& kind, const std::string& namespace_id, std::int64_t next) {
  session.run("UPDATE namespaces SET " + std::string(kind.counter_column) +
                  " = $3, version = version + 1 WHERE namespaces.tenant_id = $1 AND namespaces.id = $2",
              session.values().add(namespace_id).add(next));
}

/// Looks without holding the namespace: those who draw hold it until they have committed.
bool has_pattern(Session& session, const Kind& kind, const std::string& namespace_id) {
  const std::string sql = "SELECT 1 FROM namespaces WHERE namespaces.tenant_id = $1 AND namespaces.id = $2 AND " +
                          std::string(kind.pattern_column) + " IS NOT NULL";
  return session.first_integer(sql, session.values().add(namespace_id)).has_value();
}

std::optional<std::string> draw(WriteSession& session, const Kind& kind, const std::string& namespace_id, Time now) {
  if (session.locks_rows() && !has_pattern(session, kind, namespace_id)) return std::nullopt;
  const auto owner = find<Namespace>(session, namespace_id);
  if (!owner || !((*owner).*kind.pattern)) return std::nullopt;
  const model::ReferenceSeries series(*((*owner).*kind.pattern), now);
  const std::int64_t last = series.last_number(model::counter_max);
  const auto number = next_free_number((*owner).*kind.counter, last, [&](std::int64_t candidate) {
    const std::string reference = series.reference(candidate);
    return session.first_integer(kind.taken_sql, session.values().add(namespace_id).add(reference)).has_value();
  });
  if (!number) throw Problem(problem_kind("reference_too_long"));
  const std::string reference = series.reference(*number);
  move_counter(session, kind, namespace_id, std::min(*number + 1, model::counter_max));
  return reference;
}

/// Leaps of growing size over a long run, then halving back to where it ends.
std::optional<std::int64_t> number_by_leaps(std::int64_t from, std::int64_t last,
                                            FunctionRef<bool(std::int64_t)> is_taken) {
  std::int64_t taken = from - 1;
  for (std::int64_t leap = 1; taken <= last - leap; leap *= 2) {
    const std::int64_t free = taken + leap;
    if (is_taken(free)) {
      taken = free;
      continue;
    }
    // Between a taken and a free number there is a border; halving finds one, and no run of taken ones is left behind
    // as a hole of that size.
    std::int64_t low = taken, high = free;
    while (high - low > 1) {
      const std::int64_t middle = low + (high - low) / 2;
      (is_taken(middle) ? low : high) = middle;
    }
    return high;
  }
  return std::nullopt;
}

/// Somebody may have taken just the numbers that are leapt to. Nobody can have taken those that chance will choose:
/// near by first, so that few are left out.
std::optional<std::int64_t> number_by_chance(std::int64_t from, std::int64_t last,
                                             FunctionRef<bool(std::int64_t)> is_taken) {
  thread_local std::mt19937_64 random{std::random_device{}()};
  for (std::int64_t window = small_rest_max;; window *= 1'000) {
    const std::int64_t end = window < last - from ? from + window : last;
    std::uniform_int_distribution<std::int64_t> numbers(from, end);
    for (int i = 0; i < chances_max; ++i) {
      const std::int64_t number = numbers(random);
      if (!is_taken(number)) return number;
    }
    if (end == last) return std::nullopt;
  }
}

}  // namespace

std::optional<std::int64_t> next_free_number(std::int64_t first, std::int64_t last,
                                             FunctionRef<bool(std::int64_t)> is_taken) {
  // All of a small rest, so that its last hole is found; else the first few, since holes are mostly short.
  const std::int64_t steps = last - first < small_rest_max ? small_rest_max : steps_max;
  std::int64_t number = first;
  for (std::int64_t i = 0; i < steps && number <= last; ++i, ++number) {
    if (!is_taken(number)) return number;
  }
  if (number > last) return std::nullopt;
  if (const auto leapt = number_by_leaps(number, last, is_taken)) return leapt;
  return number_by_chance(number, last, is_taken);
}

TableShape account_references_shape() {
  TableShape table{
      "account_references",
      {{"tenant_id", "BIGINT NOT NULL"}, {"namespace_id", "TEXT NOT NULL"}, {"ref_id", "TEXT NOT NULL"}},
      {"PRIMARY KEY (tenant_id, namespace_id, ref_id)", "FOREIGN KEY (tenant_id) REFERENCES tenants (tenant_id)"},
      {}};
  table.is_clustered = true;
  return table;
}

std::optional<std::string> draw_contact_reference(WriteSession& session, const std::string& namespace_id, Time now) {
  return draw(session, contact_kind, namespace_id, now);
}

std::string draw_account_reference(WriteSession& session, const std::string& namespace_id, Time now) {
  auto reference = draw(session, account_kind, namespace_id, now);
  if (!reference) throw Problem(problem_kind("no_pattern"));
  session.run("INSERT INTO account_references (tenant_id, namespace_id, ref_id) VALUES ($1, $2, $3)",
              session.values().add(namespace_id).add(*reference));
  return std::move(*reference);
}

}  // namespace contactd::store
