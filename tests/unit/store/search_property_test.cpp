// Random contacts, random changes, random words: search must find what a look into every row finds, whatever the
// filter, the order and the page.
#include "search_support.hpp"

namespace contactd::store::test {
namespace {

class SearchProperty : public testing::TestWithParam<unsigned> {
 protected:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool one_in(std::size_t number) { return below(number) == 0; }

  /// Few letters, so that words often match; upper and lower case, two to four bytes, quotes and operators.
  std::string letters(std::size_t most) {
    static const std::vector<std::string> some{"a", "A", "b",  "B", "c",  "É", "é", "ß", "ẞ", "İ", "i",  "😀",
                                               "%", "_", "\\", "'", "\"", "*", "(", "ſ", "K", "k", "日", "-"};
    std::string text;
    // Most texts come from the first few alone.
    const std::size_t kinds = one_in(3) ? some.size() : 5;
    for (std::size_t size = 1 + below(most); size > 0; --size) text += some[below(kinds)];
    return text;
  }
  std::string text() {
    std::string text = letters(6);
    while (one_in(2)) text += (one_in(4) ? "  " : " ") + letters(6);
    return text;
  }

  void fill(Contact& contact) {
    contact.name = text();
    contact.status = one_in(2) ? "active" : "inactive";
    contact.rm_id = one_in(2) ? "rm-1" : "rm-2";
    contact.tags = one_in(3) ? std::optional(resource::Tags{"vip"}) : std::nullopt;
    contact.ref_id.reset();
    if (one_in(3)) contact.ref_id = letters(3) + std::to_string(++reference_);
    contact.props.clear();
    for (std::size_t i = below(4); i > 0; --i) contact.props.push_back({"", "key" + std::to_string(i), text(), "text"});
  }

  /// A random write, drawn here and done on the writer, which alone touches the rows until `wait`.
  struct Step {
    bool keep;
    std::size_t kind, at;
    bool newest, name_only;
    Contact wish;
  };

  void change(int tenant) {
    Step step{!one_in(6), below(4), below(1'000), one_in(2), one_in(2), contact_in(store_.namespace_of(tenant), "")};
    fill(step.wish);
    store_.write(tenant, [step, &rows = rows_[tenant]](WriteSession& session) { return run(session, step, rows); });
    if (one_in(4)) store_.wait();  // else the next one may come into the same group
  }

  static bool run(WriteSession& session, const Step& step, Contacts& rows) {
    if (rows.empty() || step.kind < 2) {
      Contact contact = step.wish;
      insert(session, contact);
      if (step.keep) rows.push_back(contact);
      return step.keep;
    }
    // The newest is removed often: its place is given again.
    const std::size_t at = step.kind == 3 && step.newest ? rows.size() - 1 : step.at % rows.size();
    if (step.kind == 3) {
      remove(session, rows[at]);
      if (step.keep) rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at));
      return step.keep;
    }
    Contact after = rows[at];
    after.name = step.wish.name;
    if (!step.name_only) {
      after.status = step.wish.status;
      after.ref_id = step.wish.ref_id;
      after.props = step.wish.props;
    }
    update(session, rows[at], after);
    if (step.keep) rows[at] = after;
    return step.keep;
  }

  /// A query, and the rows that it must give, in order.
  void compare(int tenant) {
    ListQuery query;
    const std::string search = one_in(3) ? letters(2) : one_in(3) ? text() : letters(4);
    const std::vector<std::string> words = plain_words(search);
    query.words = folded_words(search);
    Contacts expected;
    const bool by_status = one_in(4), by_manager = one_in(4), by_tag = one_in(4);
    const Contacts& rows = rows_[tenant];
    if (!rows.empty() && one_in(4)) query.id_from = rows[below(rows.size())].audit.id;
    if (!rows.empty() && one_in(4)) query.id_to = rows[below(rows.size())].audit.id;
    for (const Contact& row : rows) {
      if (!contains_all(row, words)) continue;
      if (by_status && row.status != "active") continue;
      if (by_manager && row.rm_id != "rm-1") continue;
      if (by_tag && !row.tags) continue;
      if (query.id_from && row.audit.id < *query.id_from) continue;
      if (query.id_to && row.audit.id > *query.id_to) continue;
      expected.push_back(row);
    }
    if (by_status) query.equalities.push_back({"status", std::string("active"), true});
    if (by_manager) query.equalities.push_back({"rm_id", std::string("rm-1")});
    if (by_tag) query.tags = {"vip"};
    if (one_in(3)) {
      query.order = "name";
      std::stable_sort(expected.begin(), expected.end(), [](const Contact& left, const Contact& right) {
        return std::tie(left.name, left.audit.id) < std::tie(right.name, right.audit.id);
      });
    }
    query.descending = one_in(2);
    if (query.descending) std::reverse(expected.begin(), expected.end());
    ASSERT_EQ(store_.count(tenant, query), static_cast<std::int64_t>(expected.size())) << described(query, search);
    query.limit = 1 + below(7);
    const bool by_cursor = one_in(2);
    std::vector<std::string> found;
    for (;;) {  // page by page
      const Contacts page = store_.page(tenant, query);
      for (const std::string& id : ids_of(page)) found.push_back(id);
      if (page.size() < query.limit) break;
      if (by_cursor) {
        query.after = Position{page.back().name, page.back().audit.id};
      } else {
        query.offset += query.limit;
      }
    }
    ASSERT_EQ(found, ids_of(expected)) << described(query, search);
  }

  static std::string described(const ListQuery& query, const std::string& search) {
    return "search: " + search + ", order: " + query.order + (query.descending ? " down" : " up") +
           ", filters: " + std::to_string(query.equalities.size()) + ", tags: " + std::to_string(query.tags.size()) +
           ", from: " + query.id_from.value_or("-") + ", to: " + query.id_to.value_or("-");
  }

  std::mt19937 random_{GetParam()};
  int reference_ = 0;
  std::map<int, Contacts> rows_;
  SearchedStore store_;
};

TEST_P(SearchProperty, FindsWhatALookIntoEveryRowFinds) {
  for (int tenant : {1, 2}) store_.namespace_of(tenant);
  for (int round = 0; round < 30; ++round) {
    for (int i = 0; i < 12; ++i) change(one_in(3) ? 2 : 1);
    store_.wait();
    for (int i = 0; i < 20; ++i) {
      compare(one_in(3) ? 2 : 1);
      if (HasFatalFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SearchProperty, testing::Range(1U, 9U));

}  // namespace
}  // namespace contactd::store::test
