// A search asks a function for ids, and joins the rows only where other filters or another order need them.
#include "store/postgres_search.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "store/dedupe_keys.hpp"
#include "store/postgres_tokens.hpp"
#include "store/query.hpp"
#include "store/related.hpp"

namespace contactd::store {
namespace {

/// One search put together as SQL: `$1` tenant, `$2` tokens, `$3` words, then what the bounds and filters need.
class Found {
 public:
  Found(const Session& session, const ListQuery& query, const std::string& table)
      : dialect_(session.dialect()),
        query_(query),
        table_(table),
        tokens_(tokens_of_words(session.tenant_number(), query.words)),
        words_(id_list(query.words)),
        values_(session.values()) {
    values_.add(tokens_).add(words_);
    from_ = " FROM " + found_function(table) + "($1, $2::text::bigint[], $3::json) AS found(id)";
    filters_.equalities = query.equalities;
    filters_.tags = query.tags;
    if (needs_rows()) {
      Conditions conditions(dialect_, std::move(values_), filters_, table_);
      values_ = conditions.take_values();
      from_ += " JOIN " + table_ + " ON " + table_ + ".id = found.id";
      where_ = " WHERE " + conditions.text();
    } else {
      where_ = " WHERE found.id IS NOT NULL";
    }
    if (query.id_from) where_ += " AND " + id_ + " >= " + place_of(*query.id_from);
    if (query.id_to) where_ += " AND " + id_ + " <= " + place_of(*query.id_to);
  }

  std::string count_sql() const { return "SELECT COUNT(*)" + from_ + where_; }

  std::string page_sql() {
    const std::string direction = query_.descending ? " DESC" : " ASC";
    const std::string compare = query_.descending ? " < " : " > ";
    if (query_.after && query_.order.empty()) where_ += " AND " + id_ + compare + place_of(query_.after->id);
    if (query_.after && !query_.order.empty()) {
      const std::string value = std::visit([&](const auto& held) { return place_of(held); }, query_.after->value);
      where_ += " AND (" + query_.order + ", " + table_ + ".id)" + compare + "(" + value + ", " +
                place_of(query_.after->id) + ")";
    }
    std::string sql = "SELECT found.id" + from_ + where_ + " ORDER BY ";
    if (!query_.order.empty()) sql += query_.order + direction + ", ";
    sql += id_ + direction;
    sql += " LIMIT " + place_of(static_cast<std::int64_t>(query_.limit));
    return sql + " OFFSET " + place_of(static_cast<std::int64_t>(query_.offset));
  }

  const Values& values() const { return values_; }

 private:
  bool needs_rows() const { return !query_.equalities.empty() || !query_.tags.empty() || !query_.order.empty(); }
  template <class Value>
  std::string place_of(const Value& value) {
    return "$" + std::to_string(values_.add(value).size());
  }

  const Dialect& dialect_;
  const ListQuery& query_;
  ListQuery filters_;  // the query's own, without its bounds; the values look into it
  std::string table_;
  std::string id_ = "found.id COLLATE \"C\"";  // a function's texts order as the database does
  std::string tokens_;
  std::string words_;
  Values values_;
  std::string from_;
  std::string where_;
};

/// A contact that bears the key of one of the lookups, and its place among those that do.
struct Bearer {
  std::int64_t lookup;
  std::int64_t place;
  std::string contact_id;
};

/// Those of one table: $1 tenant, $2 tokens, $3 the contact that asks, $4 how many of each token, $5 how many are
/// looked at, then what narrows. Of a key that thousands share the newest are whom somebody may have entered twice.
std::string bearers_sql(const std::string& table, const std::string& contact_id, const Narrowing& narrowing) {
  std::string sql = "SELECT ranked.lookup, ranked.place, ranked.contact_id FROM (SELECT bearer.lookup, " + contact_id +
                    " AS contact_id, ROW_NUMBER() OVER (PARTITION BY bearer.lookup ORDER BY " + table +
                    ".id DESC) AS place FROM " + bearers_function(table) +
                    "($1, $2::text::bigint[], $5) AS bearer(lookup, id) JOIN " + table + " ON " + table +
                    ".id = bearer.id";
  int place = 6;
  std::string narrowed;
  if (narrowing.namespace_id) narrowed += " AND contacts.namespace_id = $" + std::to_string(place++);
  if (narrowing.type) narrowed += " AND contacts.type = $" + std::to_string(place);
  if (!narrowed.empty() && table != "contacts") {
    sql += " JOIN contacts ON contacts.tenant_id = $1 AND contacts.id = " + contact_id;
  }
  return sql + " WHERE " + tenant_wall(table) + " AND " + contact_id + " <> $3" + narrowed +
         ") AS ranked WHERE ranked.place <= ($4::text::bigint[])[ranked.lookup]";
}

void add_bearers(Session& session, const KeyLookups& asked, bool of_banks, std::vector<Bearer>& bearers) {
  std::vector<std::int64_t> numbers, tokens, rows_max;
  for (std::size_t i = 0; i < asked.lookups.size(); ++i) {
    const dedupe::Lookup& lookup = asked.lookups[i];
    if (dedupe::is_key_of_bank(lookup.key) != of_banks) continue;
    numbers.push_back(static_cast<std::int64_t>(i));
    tokens.push_back(token_of_key(session.tenant_number(), lookup.key));
    rows_max.push_back(static_cast<std::int64_t>(lookup.rows_max));
  }
  if (tokens.empty()) return;
  const std::string token_list = array_of(tokens), rows_list = array_of(rows_max);
  Values values = session.values();
  values.add(token_list).add(asked.without).add(rows_list).add(bearers_seen_max);
  if (asked.narrowing.namespace_id) values.add(*asked.narrowing.namespace_id);
  if (asked.narrowing.type) values.add(*asked.narrowing.type);
  const std::string sql = of_banks ? bearers_sql("banks", "banks.contact_id", asked.narrowing)
                                   : bearers_sql("contacts", "contacts.id", asked.narrowing);
  session.run(sql, values, [&](const Row& row) {
    const auto lookup = numbers.at(static_cast<std::size_t>(row.integer(0) - 1));
    bearers.push_back({lookup, row.integer(1), std::string(row.text(2))});
    return true;
  });
}

}  // namespace

std::int64_t count_with_grams(Session& session, const ListQuery& query, const std::string& table) {
  const Found found(session, query, table);
  return session.first_integer(found.count_sql(), found.values()).value_or(0);
}

std::vector<std::string> ids_with_grams(Session& session, const ListQuery& query, const std::string& table) {
  Found found(session, query, table);
  const std::string sql = found.page_sql();
  std::vector<std::string> ids;
  session.run(sql, found.values(), [&](const Row& row) {
    ids.emplace_back(row.text(0));
    return true;
  });
  return ids;
}

std::vector<std::string> contacts_with_tokens(Session& session, const KeyLookups& asked) {
  std::vector<Bearer> bearers;
  add_bearers(session, asked, false, bearers);
  add_bearers(session, asked, true, bearers);
  std::sort(bearers.begin(), bearers.end(), [](const Bearer& left, const Bearer& right) {
    return std::tie(left.lookup, left.place) < std::tie(right.lookup, right.place);
  });
  std::vector<std::string> contact_ids;
  std::unordered_set<std::string> seen;
  for (Bearer& bearer : bearers) {
    if (contact_ids.size() >= asked.contacts_max) break;
    if (seen.insert(bearer.contact_id).second) contact_ids.push_back(std::move(bearer.contact_id));
  }
  return contact_ids;
}

void write_text(Session& session, const std::string& table, const std::string& id, const std::string& text) {
  const std::string tokens = tokens_of_text(session.tenant_number(), text);
  const std::string_view words = std::string_view(text).substr(0, text.find('\n'));
  session.run("INSERT INTO " + search_table(table) +
                  " (tenant_id, id, tokens, words) VALUES ($1, $2, $3::text::bigint[], $4) ON CONFLICT (tenant_id, id) "
                  "DO UPDATE SET tokens = EXCLUDED.tokens, words = EXCLUDED.words",
              session.values().add(id).add(tokens).add(words));
}

void keep_text(WriteSession& session, SearchedText text) {
  if (!text.after.empty()) return write_text(session, text.table, text.id, text.after);
  const std::string search = search_table(text.table);
  session.run("DELETE FROM " + search + " WHERE " + tenant_wall(search) + " AND " + search + ".id = $2",
              session.values().add(text.id));
}

}  // namespace contactd::store
