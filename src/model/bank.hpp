// A bank account of a contact. Contract section 3, Bank.
#pragma once

#include "model/contact.hpp"

namespace contactd::model {

struct Bank {
  resource::Audit audit;
  std::string contact_id;
  std::string account_holder_name;
  std::string account_no;
  std::string ifsc;
  std::optional<std::string> account_type;
  std::optional<std::string> bank_name;
  std::optional<std::string> branch_name;
  bool is_verified = false;
  std::optional<resource::Tags> tags;
  std::optional<resource::FreeObject> refs;
};

}  // namespace contactd::model

namespace contactd::resource {
template <>
inline constexpr auto description<model::Bank> = [] {
  using model::Bank;
  return describe<Bank>(
      Names{.singular = "bank",
            .plural = "banks",
            .path = "/contacts/banks/",
            .uniques = {{{"contact_id", "ifsc", "account_no"}}},
            .extras = {"contact", "props"},
            .is_content = true},
      field("contact_id", &Bank::contact_id, Reference{"contacts"}, "Whose account it is.",
            {.required = true, .immutable = true, .indexed = true, .filter = "contact"}),
      field("account_holder_name", &Bank::account_holder_name, Matching{model::contact_name_pattern},
            "Name in which the account is held.", {.required = true, .searchable = true}),
      field("account_no", &Bank::account_no, Matching{.pattern = Pattern{R"(^[A-Za-z0-9]{5,34}$)"}, .raised = true},
            "Account number or IBAN.", {.required = true, .searchable = true}),
      field("ifsc", &Bank::ifsc, Matching{.pattern = Pattern{R"(^[A-Z]{4}0[A-Z0-9]{6}$)"}, .raised = true},
            "Indian Financial System Code of the branch.", {.required = true, .searchable = true}),
      field("account_type", &Bank::account_type,
            Choice{{"savings", "current", "overdraft", "cash_credit", "nre", "nro", "other"}}, "Kind of account."),
      field("bank_name", &Bank::bank_name, Matching{model::contact_name_pattern}, "Name of the bank.",
            {.searchable = true}),
      field("branch_name", &Bank::branch_name, Matching{model::contact_name_pattern}, "Name of the branch."),
      field("is_verified", &Bank::is_verified, YesNo{}, "Whether the account was verified.", {.filter = "is_verified"}),
      field("tags", &Bank::tags, Labels{}, "Unique labels, replaced as a whole.", {.filter = "tags"}),
      field("refs", &Bank::refs, AnyObject{}, "Miscellaneous references, kept as they are."));
}();
}  // namespace contactd::resource
