// The query parameters of a list, read once for every resource from its description. Contract section 1.6.
#pragma once

#include <optional>
#include <set>

#include "api/call.hpp"
#include "resource/rules.hpp"
#include "store/query.hpp"

namespace contactd::api {

inline constexpr std::int64_t page_size_default = 15;
inline constexpr std::int64_t page_size_max = 100;
inline constexpr std::size_t filter_values_max = 100;  ///< Of a filter that takes several.
inline constexpr std::size_t search_words_max = 20;
inline constexpr std::size_t search_characters_max = 1'000;
inline constexpr std::size_t search_word_characters_max = 100;  ///< The cost of a word grows with its length.

/// What a list was asked for, before the store was asked.
struct ListRequest {
  store::ListQuery query;
  std::int64_t page = 1;
  std::int64_t page_size = page_size_default;
  std::optional<std::string> cursor;
  std::string ordering;                    ///< As in the parameter: "-created_at".
  std::vector<std::string> expand;         ///< What else is shown with every row.
  std::optional<resource::Named> by_name;  ///< A filter by the name of a reference, still to be looked up.
  std::string by_name_table;
  std::string by_name_column;
  /// The field that orders.
  std::string_view order_name() const { return std::string_view(ordering).substr(query.descending ? 1 : 0); }
  std::string binding;  ///< What a cursor is bound to: list, filters, order (the tenant comes on top).
};

/// How one parameter filters.
struct ListFilter {
  std::string_view parameter;
  std::string column;
  bool counted = false;
  enum class Kind { text, yes_no, tags, name } kind = Kind::text;
  bool sorts = false;           ///< As in store::Equality.
  std::string_view table = {};  ///< Of `name`.
  /// Checks and folds the value as the field's rule does.
  std::optional<resource::Finding> (*check)(std::string& value) = nullptr;
  std::string_view doc = {};                   ///< What it is that rows are filtered by.
  void (*schema)(std::string& out) = nullptr;  ///< What `check` accepts, as JSON Schema.
};

/// One of the orders that a list may have.
struct ListOrder {
  std::string_view name;
  std::string expression;  ///< Empty for `created_at`.
};

/// What a list can be asked for.
struct ListOffer {
  std::string name;  ///< What its cursors are bound to.
  std::vector<ListFilter> filters;
  std::vector<ListOrder> orders;
  std::vector<std::string_view> expand_words = {};
  bool searched = false;  ///< Whether it has a field that `search` looks into.
};

/// Reads all parameters; throws a Problem with every violation.
ListRequest read_list_parameters(const Call& call, const ListOffer& offer);

}  // namespace contactd::api
