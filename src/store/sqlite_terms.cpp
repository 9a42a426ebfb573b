// Through fts5vocab, in a table that exists for this connection alone and is kept in memory.
#include "store/sqlite_terms.hpp"

namespace contactd::store {

void open_terms(Connection& connection, const std::string& search_table) {
  connection.run_script("PRAGMA query_only=OFF; CREATE VIRTUAL TABLE IF NOT EXISTS temp." + search_table +
                        "_terms USING fts5vocab(main, " + search_table + ", instance); PRAGMA query_only=ON");
}

void for_each_term(Connection& connection, const std::string& search_table, TermVisitor visit) {
  connection.run("SELECT term, doc, \"offset\" FROM temp." + search_table + "_terms", {}, [&](const Row& row) {
    visit(row.text(0), row.integer(1), row.integer(2));
    return true;
  });
}

}  // namespace contactd::store
