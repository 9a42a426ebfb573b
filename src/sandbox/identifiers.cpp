// How each identifier is put together; check digits are found by asking the dedupe kit which one is right.
#include "sandbox/identifiers.hpp"

#include "dedupe/check_digits.hpp"
#include "dedupe/text.hpp"

namespace contactd::sandbox {
namespace {

std::string with_luhn_character(std::string text, std::size_t start, int base) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  text += '0';
  for (std::size_t value = 0; value < static_cast<std::size_t>(base); ++value) {
    text.back() = alphabet[value];
    if (dedupe::has_luhn_check_character(std::string_view(text).substr(start), base)) break;
  }
  return text;
}

std::string letters_of(std::string_view word) {
  std::string letters;
  for (const char c : word) {
    if (dedupe::is_letter(c)) letters += dedupe::to_lower(c);
  }
  return letters;
}

}  // namespace

std::string make_pan(Random& random, char holder_kind, char name_letter) {
  std::string pan = "ZZ";
  pan += random.letter();
  pan += holder_kind;
  pan += dedupe::to_upper(name_letter);
  pan += std::to_string(random.between(1000, 9999));
  pan += random.letter();
  return pan;
}

std::string make_gstin(std::string_view state, std::string_view pan) {
  return with_luhn_character(std::string(state) + std::string(pan) + "1Z", 0, 36);
}

std::string make_cin(Random& random, std::string_view state, std::size_t year) {
  const std::string industry = std::to_string(random.between(10000, 96999));
  return "U" + industry + std::string(state) + std::to_string(year) + "PTC9" + random.digits(5);
}

std::string make_udyam(Random& random, std::string_view state) {
  return "UDYAM-" + std::string(state) + "-00-0" + std::to_string(random.between(100000, 999999));
}

std::string make_mobile(Random& random) {
  return "50" + random.digits(8);
}

std::string make_masked_aadhaar(Random& random) {
  return "XXXX-XXXX-" + random.digits(4);
}

std::string make_voter_id(Random& random) {
  std::string id = "ZZ";
  id += random.letter();
  return with_luhn_character(id + std::to_string(random.between(100000, 999999)), 3, 10);
}

std::string make_email(Random& random, std::string_view first, std::string_view last) {
  const std::string front = letters_of(first), back = letters_of(last);
  const std::string dot = front.empty() || back.empty() ? "" : ".";
  constexpr std::string_view hosts[] = {"mail.example", "post.example", "inbox.example"};
  return front + dot + back + std::to_string(random.between(10, 99)) + "@" + std::string(random.one_of(hosts));
}

Account make_account(Random& random) {
  struct Bank {
    std::string_view name;
    std::string_view code;
  };
  constexpr Bank banks[] = {{"Sahyadri People's Bank", "ZSPB"},
                            {"Coromandel Trust Bank", "ZCTB"},
                            {"Ganga Valley Bank", "ZGVB"},
                            {"Malwa Merchants Bank", "ZMMB"},
                            {"Konkan Cooperative Bank", "ZKCB"}};
  const Bank& bank = random.one_of(banks);
  return {std::string(bank.name), std::string(bank.code) + "0" + random.digits(6),
          std::to_string(random.between(1, 9)) + random.digits(12)};
}

}  // namespace contactd::sandbox
