// Which properties are identifiers: keys are free text, so their usual spellings are known.
#pragma once

#include <optional>
#include <string_view>

namespace contactd::dedupe {

enum class Kind : unsigned char {
  pan,
  gstin,
  aadhaar,
  passport,
  voter_id,
  driving_licence,
  cin,
  udyam,
  phone,
  email,
  birth_date,
  father_name
};
inline constexpr std::size_t kind_count = 12;

/// The kind of a property with this key ("PAN No.", "panNumber", "pan_of_applicant"), if it is one that is compared.
/// None if the key names somebody else ("father's PAN", "nominee mobile").
std::optional<Kind> kind_of_key(std::string_view key);

/// As it stands in keys of the index: "pan".
std::string_view name_of(Kind kind);

}  // namespace contactd::dedupe
