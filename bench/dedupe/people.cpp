// Names, numbers and addresses by chance, and how they are written down.
#include "people.hpp"

#include <array>

#include "dedupe/identifiers.hpp"
#include "names.hpp"

namespace contactd::bench {
namespace {

using std::string_view;

constexpr string_view men_middle[] = {"Kumar", "Kumar", "Kumar",   "Lal", "Prasad",
                                      "Singh", "Nath",  "Chandra", "Ram", "Bhai"};
constexpr string_view women_middle[] = {"Devi", "Devi", "Kumari", "Rani", "Ben", "Bai", "Kaur"};
constexpr string_view trades[] = {"Traders",       "Enterprises", "Textiles",    "Agro Industries",
                                  "Logistics",     "Steel",       "Foods",       "Engineering",
                                  "Constructions", "Stores",      "Electronics", "Exports"};
constexpr string_view brands[] = {"Shree Ganesh", "Om Sai",  "Lakshmi",  "Balaji", "Bharat",  "National",
                                  "Royal",        "Sunrise", "Himalaya", "Ganga",  "Kaveri",  "Annapurna",
                                  "Vishal",       "Navkar",  "Jai Ambe", "Deccan", "Zenith",  "Orchid",
                                  "Trinity",      "Apex",    "Shakti",   "Surya",  "Chandan", "Meenakshi"};
constexpr string_view company_forms[] = {"Pvt Ltd", "Private Limited", "Ltd", "LLP", "", "", ""};
constexpr string_view streets[] = {"MG Road",      "Station Road",  "Gandhi Nagar",     "Nehru Street",
                                   "Temple Road",  "Link Road",     "Lake View Colony", "Sector 14",
                                   "Park Street",  "Ashok Vihar",   "Shivaji Nagar",    "Civil Lines",
                                   "Rajaji Salai", "Jubilee Hills", "Anna Nagar",       "Patel Chowk"};
constexpr string_view areas[] = {"Andheri East", "Indiranagar", "Karol Bagh", "Salt Lake",   "T Nagar",
                                 "Kothrud",      "Banjara",     "Vastrapur",  "Gomti Nagar", "Malviya Nagar",
                                 "Whitefield",   "Velachery",   "Dadar West"};
constexpr string_view cities[] = {"Mumbai",    "Bengaluru", "New Delhi", "Kolkata", "Chennai", "Pune",
                                  "Hyderabad", "Ahmedabad", "Lucknow",   "Jaipur",  "Indore",  "Kochi"};
constexpr string_view syllables[] = {"ra",  "mi",  "ku",  "na",  "sha", "ve",  "lo",  "tha", "di",  "pra", "ja",
                                     "sri", "ban", "gar", "mal", "tu",  "chi", "dho", "ya",  "kan", "bhu", "ni"};

/// A name that few have: half of all first names are none of the well-known ones.
std::string rare_name(Random& random) {
  std::string name;
  for (std::size_t count = 2 + random.below(2); count > 0; --count) name += random.one_of(syllables);
  name[0] = static_cast<char>(name[0] - ('a' - 'A'));
  return name;
}

std::string lower(std::string text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + ('a' - 'A'));
    if (c >= 'a' && c <= 'z') out += c;
  }
  return out;
}

/// A check digit is found by trying them all: the kit says which one is right, and is tested elsewhere.
template <class Normalise>
std::string with_check_digit(const std::string& text, Normalise normalise) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    if (normalise(text + digit)) return text + digit;
  }
  return {};
}

std::string make_email(Random& random, const Somebody& who) {
  constexpr string_view domains[] = {"gmail.com", "yahoo.co.in", "rediffmail.com", "outlook.com"};
  return lower(who.first) + (random.chance(50) ? "." : "") + lower(who.last) + std::to_string(random.below(1000)) +
         "@" + std::string(random.one_of(domains));
}

}  // namespace

std::string make_pan(Random& random, char holder_kind) {
  return random.of_form("AAA") + holder_kind + random.of_form("A") + std::to_string(1000 + random.below(9000)) +
         random.of_form("A");
}

std::string make_phone(Random& random) {
  return std::to_string(6 + random.below(4)) + random.of_form("999999999");
}

std::string make_birth_date(Random& random) {
  // A twelfth of the elder have the first of January for want of a known date.
  const std::string year = std::to_string(1950 + random.below(56));
  if (random.chance(8)) return year + "-01-01";
  const auto two = [](std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return year + "-" + two(1 + random.below(12)) + "-" + two(1 + random.below(28));
}

void move_house(Random& random, Somebody& who) {
  who.line = std::to_string(1 + random.below(400)) + ", " + std::string(random.one_of(streets)) + ", " +
             std::string(random.one_of(areas));
  who.city = random.one_of(cities);
  who.pincode = std::to_string(110001 + random.below(700000));
}

namespace {

void fill_in(Random& random, Somebody& who) {
  who.pan = make_pan(random, who.is_company ? "CF"[random.below(2)] : 'P');
  who.phone = make_phone(random);
  who.birth_date = make_birth_date(random);
  who.ifsc = std::string(random.one_of(std::array{"HDFC", "SBIN", "ICIC", "UTIB"})) + "0" + random.of_form("999999");
  who.account_no = std::to_string(1 + random.below(9)) + random.of_form("99999999999");
  who.email = make_email(random, who);
  move_house(random, who);
}

void name_person(Random& random, Somebody& who) {
  who.is_female = random.chance(45);
  who.first = random.chance(30) ? rare_name(random)
                                : std::string(who.is_female ? random.one_of_skewed(women) : random.one_of_skewed(men));
  if (random.chance(35)) who.middle = who.is_female ? random.one_of(women_middle) : random.one_of(men_middle);
}

}  // namespace

Somebody make_person(Random& random) {
  Somebody who;
  name_person(random, who);
  who.last = random.chance(12) ? rare_name(random) : std::string(random.one_of_skewed(surnames));
  fill_in(random, who);
  who.aadhaar =
      with_check_digit(std::to_string(2 + random.below(8)) + random.of_form("9999999999"), dedupe::normalised_aadhaar);
  who.voter_id = with_check_digit(random.of_form("AAA999999"), dedupe::normalised_voter_id);
  return who;
}

Somebody make_company(Random& random) {
  Somebody who;
  who.is_company = true;
  const std::string_view start = random.chance(60) ? random.one_of(brands) : random.one_of_skewed(surnames);
  who.first = std::string(start) + (random.chance(30) ? " " + rare_name(random) : "") + " " +
              std::string(random.one_of(trades));
  who.last = random.one_of(company_forms);
  fill_in(random, who);
  return who;
}

Somebody make_relative(Random& random, const Somebody& of) {
  Somebody who = make_person(random);
  while (who.first == of.first) name_person(random, who);
  who.last = of.last;
  who.line = of.line;
  who.city = of.city;
  who.pincode = of.pincode;
  if (random.chance(60)) who.phone = of.phone;
  if (random.chance(20)) who.email = of.email;
  return who;
}

std::string full_name(const Somebody& who) {
  return who.first + (who.middle.empty() ? "" : " " + who.middle) + (who.last.empty() ? "" : " " + who.last);
}

namespace {

constexpr std::array pan_keys{"pan_no", "PAN", "pan number", "panNumber"};
constexpr std::array phone_keys{"mobile", "phone", "Mobile No.", "contact number", "phone_no"};
constexpr std::array email_keys{"email", "E-mail", "email id"};
constexpr std::array birth_keys{"dob", "date of birth", "birth_date"};

std::string written_phone(Random& random, const std::string& phone) {
  switch (random.below(4)) {
    case 0:
      return "+91" + phone;
    case 1:
      return "0" + phone;
    case 2:
      return phone.substr(0, 5) + " " + phone.substr(5);
    default:
      return phone;
  }
}

std::string written_date(Random& random, const std::string& date) {
  if (random.chance(50)) return date;
  return date.substr(8, 2) + "/" + date.substr(5, 2) + "/" + date.substr(0, 4);
}

}  // namespace

dedupe::Party record_of(Random& random, const Somebody& who, const std::string& name, Style style) {
  dedupe::Party record;
  record.contact.name = name;
  record.contact.type = who.is_company ? "corporate" : "individual";
  const auto put = [&](int percent, const char* key, std::string value) {
    if (value.empty() || !random.chance(percent * style.fullness / 100)) return;
    record.contact.props.push_back({"", key, std::move(value), "text"});
  };
  const int identifiers = style.with_identifiers ? 1 : 0;
  put(70 * identifiers, random.one_of(pan_keys), who.pan);
  put(30 * identifiers, "aadhaar", who.aadhaar);
  put(20 * identifiers, "voter id", who.voter_id);
  put(90, random.one_of(phone_keys), written_phone(random, who.phone));
  put(45, random.one_of(email_keys), who.email);
  put(70, random.one_of(birth_keys), written_date(random, who.birth_date));
  if (random.chance(80 * style.fullness / 100)) {
    model::Address address;
    address.address_line = who.line;
    address.city = who.city;
    address.pincode = who.pincode;
    record.addresses.push_back(std::move(address));
  }
  if (identifiers == 1 && random.chance(35 * style.fullness / 100)) {
    model::Bank bank;
    bank.ifsc = who.ifsc;
    bank.account_no = who.account_no;
    record.banks.push_back(std::move(bank));
  }
  return record;
}

}  // namespace contactd::bench
