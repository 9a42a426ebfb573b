// Rows and errors of a libpq result.
#pragma once

#include <libpq-fe.h>

#include <charconv>
#include <string>

#include "store/postgres_errors.hpp"

namespace contactd::store {

class PostgresRow final : public Row {
 public:
  explicit PostgresRow(const PGresult* result) : result_(result) {}
  void go_to(int row) { row_ = row; }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::int64_t integer(int column) const override {
    const std::string_view digits = text(column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  std::string_view text(int column) const override {
    if (is_null(column)) return {};
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }

 private:
  const PGresult* result_;
  int row_ = 0;
};

inline void visit_rows(const PGresult* result, RowVisitor visit) {
  PostgresRow row(result);
  for (int i = 0; i < PQntuples(result); ++i) {
    row.go_to(i);
    if (!visit(row)) return;
  }
}

/// Of a result that libpq made itself because the connection went: that of a connection failure.
inline std::string sqlstate_of(const PGresult* result) {
  const char* field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return field == nullptr ? "08006" : field;
}

inline StoreError error_of(const PGresult* result) {
  const std::string state = sqlstate_of(result);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string text = "the database said " + state;
  if (is_free_of_values(state)) {
    if (message != nullptr) text += ": " + std::string(message);
  } else if (const char* constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME)) {
    text += " of " + std::string(constraint);
  }
  // The name that this connection has given is another one's, or nobody's.
  if (state == "42P05" || state == "26000") text += "; behind a pooler, serve with --prepared-statements off";
  return {kind_of_sqlstate(state), text};
}

}  // namespace contactd::store
