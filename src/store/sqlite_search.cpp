// A search is a MATCH on the search table; the rows are joined only where other filters or another order need them.
#include "store/sqlite_search.hpp"
#include "resource/text.hpp"
#include "store/query.hpp"

namespace contactd::store {
namespace {

/// Adds a value, which must live as long as the values do, and gives the name by which the SQL knows it.
template <class Added>
std::string place_in(Values& values, const Added& value) {
  if constexpr (std::is_same_v<Added, Kept>) {
    std::visit([&](const auto& held) { values.add(held); }, value);
  } else {
    values.add(value);
  }
  return "$" + std::to_string(values.size());
}

/// An FTS5 expression: every word as a string, in which nothing but the quote means anything. A word shorter than a
/// trigram is the beginning of one. The line feed stands where the tenant's mark comes in, and in no word.
std::string expression(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += text.empty() ? "\"\n" : " AND \"\n";
    for (const char c : word) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    text += resource::code_points(word) < 3 ? "\" *" : "\"";
  }
  return text;
}

/// One search put together as SQL: `$1` tenant, `$2` the expression, then what the bounds and filters need.
class Found {
 public:
  Found(const Session& session, const ListQuery& query, const std::string& table)
      : dialect_(session.dialect()),
        query_(query),
        table_(table),
        search_(search_table(table)),
        expression_(expression(query.words)),
        values_(session.values()) {
    filters_.equalities = query.equalities;
    filters_.tags = query.tags;
    values_.add(expression_);
    // The wall between tenants: only the tenant's own tokens are asked for.
    where_ = search_ + " MATCH replace($2, char(10), $1 || char(10))";
    add_bounds();
  }

  bool needs_rows() const { return !query_.equalities.empty() || !query_.tags.empty(); }

  std::string count_sql() {
    if (!needs_rows()) return "SELECT COUNT(*) FROM " + search_ + " WHERE " + where_;
    return "SELECT COUNT(*)" + with_rows();
  }

  std::string page_sql() {
    add_position();
    const std::string direction = query_.descending ? " DESC" : " ASC";
    const std::string by_place = " ORDER BY " + search_ + ".rowid" + direction;
    if (query_.order.empty() && !needs_rows()) {
      return "SELECT " + table_ + ".id FROM (SELECT " + search_ + ".rowid AS place FROM " + search_ + " WHERE " +
             where_ + by_place + page() + ") AS found CROSS JOIN " + table_ + " ON " + table_ +
             ".place = found.place WHERE " + tenant_wall(table_) + " ORDER BY found.place" + direction;
    }
    const std::string from = "SELECT " + table_ + ".id" + with_rows();
    if (query_.order.empty()) return from + by_place + page();
    std::string behind;
    if (query_.after) {
      const std::string value = place_in(values_, query_.after->value);
      behind = " AND (" + query_.order + ", " + table_ + ".id)" + (query_.descending ? " < " : " > ") + "(" + value +
               ", " + place_in(values_, query_.after->id) + ")";
    }
    return from + behind + " ORDER BY " + query_.order + direction + ", " + table_ + ".id" + direction + page();
  }

  const Values& values() const { return values_; }

 private:
  /// Ids and places have the same order: a bound by id is one by the place of the first row from there on.
  std::string first_place(const char* compare, const std::string& id) {
    return "COALESCE((SELECT " + table_ + ".place FROM " + table_ + " WHERE " + tenant_wall(table_) + " AND " + table_ +
           ".id" + compare + place_in(values_, id) + " ORDER BY " + table_ + ".id LIMIT 1), 9223372036854775807)";
  }
  void add_bound(const char* side, const char* compare, const std::string& id) {
    where_ += " AND " + search_ + ".rowid" + side + first_place(compare, id);
  }
  void add_bounds() {
    if (query_.id_from) add_bound(" >= ", " >= ", *query_.id_from);
    if (query_.id_to) add_bound(" < ", " > ", *query_.id_to);
  }
  /// Where the page begins; the count knows nothing of it.
  void add_position() {
    if (!query_.after || !query_.order.empty()) return;
    if (query_.descending) {
      add_bound(" < ", " >= ", query_.after->id);
    } else {
      add_bound(" >= ", " > ", query_.after->id);
    }
  }

  /// CROSS JOIN keeps the planner from asking the search table once for each row.
  std::string with_rows() {
    Conditions conditions(dialect_, std::move(values_), filters_, table_);
    values_ = conditions.take_values();
    return " FROM " + search_ + " CROSS JOIN " + table_ + " ON " + table_ + ".place = " + search_ + ".rowid WHERE " +
           where_ + " AND " + conditions.text();
  }

  std::string page() {
    const std::string limit = place_in(values_, static_cast<std::int64_t>(query_.limit));
    return " LIMIT " + limit + " OFFSET " + place_in(values_, static_cast<std::int64_t>(query_.offset));
  }

  const Dialect& dialect_;
  const ListQuery& query_;
  ListQuery filters_;  // the query's own, without its bounds; the values look into it
  std::string table_;
  std::string search_;
  std::string expression_;
  Values values_;
  std::string where_;
};

}  // namespace

std::int64_t count_matches(Session& session, const ListQuery& query, const std::string& table) {
  Found found(session, query, table);
  const std::string sql = found.count_sql();
  return session.first_integer(sql, found.values()).value_or(0);
}

std::vector<std::string> ids_of_matches(Session& session, const ListQuery& query, const std::string& table) {
  Found found(session, query, table);
  const std::string sql = found.page_sql();
  std::vector<std::string> ids;
  session.run(sql, found.values(), [&](const Row& row) {
    ids.emplace_back(row.text(0));
    return true;
  });
  return ids;
}

}  // namespace contactd::store
