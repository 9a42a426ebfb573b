// What examples have in common.
#include "api/examples.hpp"

namespace contactd::api {

resource::Audit example_audit() {
  resource::Audit audit;
  audit.id = example_id;
  audit.created_by = "6da08401-b1f7-46ec-9013-2a9d7bc6185c";
  audit.created_at = parse_date_or_instant("2025-03-26T13:52:59.683345Z")->first;
  audit.updated_at = audit.created_at;
  return audit;
}

std::string list_example(const std::string& row) {
  std::string text;
  {
    resource::JsonObject object(text);
    append_envelope(object, {.count = 1});
    object.member("results") += "[" + row + "]";
  }
  return text;
}

}  // namespace contactd::api
