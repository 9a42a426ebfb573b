// Telephone numbers, e-mail addresses and dates, each in the one spelling in which they are compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd::dedupe {

/// E.164: "+919812345678". A number without a country code is Indian, with or without a leading 0 or 91. Placeholders
/// (9999999999) and toll-free numbers are nobody's and give nothing.
std::optional<std::string> normalised_phone(std::string_view text);
/// The telephone numbers in a value that may hold several: "98123 45678 / 022-2345 6789".
std::vector<std::string> phones_in(std::string_view text);

/// In lower case; what a provider ignores (dots and +tags of Gmail, +tags of others) is dropped. "na@na.com" is
/// nobody's.
std::optional<std::string> normalised_email(std::string_view text);

/// "1980-05-12" from "12/05/1980", "12-May-80", "12051980", "1980-05-12T00:00:00Z" and the like; day before month.
std::optional<std::string> normalised_date(std::string_view text);

}  // namespace contactd::dedupe
