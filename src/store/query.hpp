// Lists: which rows, in which order, from where on; and how many there are in all.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "store/schema.hpp"
#include "store/search_query.hpp"
#include "store/session.hpp"
#include "store/sql.hpp"

namespace contactd::store {

using Kept = std::variant<std::int64_t, std::string>;

/// A column that must have a value.
struct Equality {
  std::string column;
  Kept value;
  bool counted = false;  ///< Exact counts are kept for it.
  bool sorts = false;    ///< Its index does not have the order of the ids: its rows are few and are sorted.
};

/// Where in an order a row stands.
struct Position {
  Kept value;  ///< Of the column that orders; not used when that is the id.
  std::string id;
};

struct ListQuery {
  std::vector<Equality> equalities;
  Tags tags;                           ///< Any of them.
  std::vector<std::string> words;      ///< Folded; each is contained in a searched value (`search`).
  std::optional<std::string> id_from;  ///< Inclusive; how `created_at_after` and `…_before` are kept.
  std::optional<std::string> id_to;
  std::string order;  ///< The expression that orders; empty: by id, which is by `created_at`.
  bool descending = true;
  std::optional<Position> after;  ///< The row behind which the page begins.
  std::size_t offset = 0;         ///< Rows to skip, when there is no `after`.
  std::size_t limit = 15;
  bool nothing = false;  ///< A filter that no row can match.

  bool only_counted_filters() const;
  /// Whether to fetch all the rows that match, being so few, and to sort them, rather than walk the order.
  bool sorts(std::int64_t count) const;
  /// Whether the cells of the counted columns are walked, each by itself.
  bool walks_cells() const;
  /// Whether the keys of the labels know which rows match.
  bool tags_answer() const;
  /// And in the order that is asked for.
  bool walks_tags() const;
  /// Whether an I/O thread may run it: its cost does not grow with the number of rows.
  bool is_short() const;
};

/// The conditions of a query as SQL, with their values behind the tenant's.
class Conditions {
 public:
  /// `values` begins with the tenant.
  Conditions(const Dialect& dialect, Values values, const ListQuery& query, std::string table);
  const std::string& text() const { return text_; }
  Values take_values() { return std::move(values_); }

 private:
  void add_equalities(const ListQuery& query);
  void add_tags(const Tags& tags);
  void add_range(const ListQuery& query);

  const Dialect& dialect_;
  std::string table_;
  std::string text_;
  Values values_;
};

/// How many rows there are in all, without regard to the page.
std::int64_t count_rows(Session& session, const ListQuery& query, const std::string& table);

/// What is asked of a table whose cells are walked.
struct CellQueries {
  const std::string& columns;
  const std::vector<std::string>& counted;
  const SelectById& by_id;  ///< Rows with these columns.
};

/// The rows of a page that filters on counted columns alone: each cell is walked by itself and the walks are merged, so
/// the cost is that of the cells, wherever in the order the matches stand.
void visit_cells(Session& session, const ListQuery& query, const std::string& table, const CellQueries& queries,
                 RowVisitor visit);

/// SQL for the page: $1 tenant, then the values of `conditions`, then those of the position, the limit and the offset.
/// `count`: how many rows match in all.
std::string page_sql(const Dialect& dialect, const ListQuery& query, const std::string& table,
                     const std::string& columns, const Conditions& conditions, std::int64_t count, Values& values);

/// The same where the keys of the labels answer.
std::string tagged_page_sql(const ListQuery& query, const std::string& table, const std::string& columns,
                            Values& values);

/// Visits the rows of a page in its order; they have the columns of `select_list`.
template <class T>
void visit_page(Session& session, const ListQuery& query, std::int64_t count, RowVisitor visit) {
  if (query.nothing || count == 0) return;
  if (!query.words.empty()) {
    return session.run_by_id(select_by_id<T>(session.dialect()), ids_found(session, query, table_of<T>()), visit);
  }
  if (query.walks_cells()) {
    const SelectById& by_id = select_by_id<T>(session.dialect());
    return visit_cells(session, query, table_of<T>(), {select_list<T>(), counted_columns<T>(), by_id}, visit);
  }
  if (query.walks_tags()) {
    Values values = session.values();
    const std::string sql = tagged_page_sql(query, table_of<T>(), select_list<T>(), values);
    session.run(sql, values, visit);
    return;
  }
  Conditions conditions(session.dialect(), session.values(), query, table_of<T>());
  Values values = conditions.take_values();
  const std::string sql =
      page_sql(session.dialect(), query, table_of<T>(), select_list<T>(), conditions, count, values);
  session.run(sql, values, visit);
}

/// The rows of a page.
template <class T>
std::vector<T> page_rows(Session& session, const ListQuery& query, std::int64_t count) {
  std::vector<T> rows;
  visit_page<T>(session, query, count, [&](const Row& row) {
    rows.push_back(read_row<T>(row));
    return true;
  });
  return rows;
}

}  // namespace contactd::store
