// Who somebody is, by chance; and the record that is made of it.
#include "sandbox/people.hpp"

#include <algorithm>
#include <utility>

#include "sandbox/regions.hpp"

namespace contactd::sandbox {
namespace {

using std::string_view;

std::string two_digits(std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

constexpr string_view occupations[] = {"salaried",      "shop owner", "teacher", "farmer", "driver",
                                       "self employed", "nurse",      "tailor",  "clerk",  "contractor"};

/// Pairs that clerks confuse; the first spelling is the one in the word lists.
constexpr std::pair<string_view, string_view> spellings[] = {
    {"Lakshmi", "Laxmi"},       {"Deepak", "Dipak"},     {"Sunita", "Suneeta"},     {"Geeta", "Gita"},
    {"Pooja", "Puja"},          {"Neelam", "Nilam"},     {"Meena", "Mina"},         {"Asha", "Aasha"},
    {"Chaudhary", "Choudhury"}, {"Agarwal", "Aggarwal"}, {"Srinivas", "Shrinivas"}, {"Mohammed", "Mohd"},
    {"Shaikh", "Sheikh"},       {"Syed", "Sayyed"},      {"Hussain", "Husain"},     {"Vikram", "Wikram"},
    {"Vaishali", "Waishali"},   {"Ashwini", "Ashvini"},  {"Deepti", "Dipti"},       {"Swati", "Svati"},
    {"Dipak", "Deepak"},        {"D'Souza", "Dsouza"},   {"Kavita", "Kavitha"},     {"Latha", "Lata"},
    {"Meenakshi", "Minakshi"},  {"Padma", "Padmaa"},     {"Naidu", "Nayudu"},       {"Chowdhury", "Choudhary"}};

std::string other_word(const std::string& word) {
  const auto* found =
      std::find_if(std::begin(spellings), std::end(spellings), [&](const auto& pair) { return pair.first == word; });
  return found == std::end(spellings) ? word : std::string(found->second);
}

}  // namespace

std::string Somebody::name() const {
  return first + (middle.empty() ? "" : " " + middle) + (last.empty() ? "" : " " + last);
}

std::size_t region_count() {
  return regions().size();
}

std::string make_surname(Random& random, std::size_t region) {
  return std::string(random.one_of(regions()[region].surnames));
}

std::string make_date(Random& random, std::size_t year) {
  const std::string month = two_digits(random.between(1, 12));
  return std::to_string(year) + "-" + month + "-" + two_digits(random.between(1, 28));
}

Home make_home(Random& random, std::size_t region) {
  constexpr string_view buildings[] = {"Sai Kripa",  "Shanti Niwas", "Green Meadows", "Lotus Court", "Anand Vihar",
                                       "Rose Villa", "Om Residency", "Silver Oak",    "Ganga Sadan", "Palm Grove"};
  constexpr string_view roads[] = {"Station Road", "Temple Road",  "MG Road",      "Nehru Marg",    "Market Road",
                                   "Lake Road",    "College Road", "Canal Street", "Old Mill Lane", "Ring Road"};
  Home home;
  home.city = &random.one_of(regions()[region].cities);
  home.line = random.percent(60) ? "Flat " + std::to_string(random.between(1, 40)) + ", " : "H.No. ";
  home.line += home.line[0] == 'H' ? std::to_string(random.between(1, 900)) + "/" + std::to_string(random.between(1, 9))
                                   : std::string(random.one_of(buildings));
  home.line += ", " + std::string(random.one_of(roads));
  home.pincode = std::string(home.city->pincode_start) + two_digits(random.between(1, 60));
  return home;
}

void rename_family(Random& random, Somebody& who, const std::string& surname) {
  who.last = surname;
  who.pan = make_pan(random, 'P', surname[0]);
  who.email = make_email(random, who.first, surname);
}

Somebody make_person(Random& random, std::size_t region, bool is_woman, std::size_t year) {
  Somebody who;
  who.is_woman = is_woman;
  who.first = random.one_of(is_woman ? regions()[region].women : regions()[region].men);
  if (!is_woman && random.percent(20)) who.middle = std::string(1, random.letter());
  if (region == 1 && random.percent(30)) who.middle = is_woman ? "Devi" : "Kumar";
  who.year = year;
  who.born = make_date(random, year);
  who.mobile = make_mobile(random);
  who.masked_aadhaar = make_masked_aadhaar(random);
  who.voter_id = make_voter_id(random);
  who.occupation = random.one_of(occupations);
  who.monthly_income = 500 * random.between(24, 260);
  who.home = make_home(random, region);
  who.account = make_account(random);
  rename_family(random, who, make_surname(random, region));
  return who;
}

Somebody make_company(Random& random, std::size_t region) {
  constexpr string_view brands[] = {"Navodit",   "Suryakala",  "Madhuban",  "Trishul",  "Panchvati", "Amrutam",
                                    "Chandrika", "Vasundhara", "Neelkanth", "Kalptaru", "Udyogini",  "Saptarishi",
                                    "Meghdoot",  "Swarnim",    "Prabhat",   "Akshara"};
  constexpr string_view trades[] = {"Traders",     "Textiles", "Agro Industries", "Logistics",
                                    "Steel Works", "Foods",    "Engineering",     "Constructions",
                                    "Electronics", "Garments", "Hardware",        "Packaging"};
  Somebody who;
  who.is_company = true;
  who.first = random.percent(70) ? std::string(random.one_of(brands)) : make_surname(random, region) + " and Sons";
  who.first += " " + std::string(random.one_of(trades));
  const bool is_registered = random.percent(65);
  if (is_registered) who.last = "Private Limited";
  who.year = random.between(1992, 2021);
  who.born = make_date(random, who.year);
  who.home = make_home(random, region);
  who.home.line = "Unit " + std::to_string(random.between(1, 60)) + ", Industrial Estate, " +
                  who.home.line.substr(who.home.line.rfind(", ") + 2);
  who.pan = make_pan(random, is_registered ? 'C' : 'F', who.first[0]);
  who.gstin = make_gstin(who.home.city->gst_code, who.pan);
  if (is_registered) who.cin = make_cin(random, who.home.city->letters, who.year);
  who.udyam = make_udyam(random, who.home.city->letters);
  who.mobile = make_mobile(random);
  who.email = make_email(random, "accounts", who.first.substr(0, who.first.find(' ')));
  who.monthly_income = 10'000 * random.between(20, 900);
  who.account = make_account(random);
  return who;
}

std::string other_spelling(Random& random, const Somebody& who) {
  Somebody heard = who;
  if (who.is_company) {
    heard.last = who.last.empty() ? "" : "Pvt Ltd";
    if (who.last.empty()) heard.first = "Messrs " + who.first;
    if (const auto at = heard.first.find(" and "); at != std::string::npos) heard.first.replace(at, 5, " & ");
    return heard.name();
  }
  heard.first = other_word(who.first);
  heard.last = other_word(who.last);
  if (heard.first == who.first && heard.last == who.last) {
    if (who.middle.empty() && random.percent(50)) return surname_first(who);
    heard.middle.clear();
    if (who.middle.empty()) heard.first = (who.is_woman ? "Smt " : "Shri ") + who.first;
  }
  return heard.name();
}

std::string surname_first(const Somebody& who) {
  return who.last + " " + who.first + (who.middle.empty() ? "" : " " + who.middle);
}

dedupe::Party record_of(Random& random, const Somebody& who, bool with_account) {
  dedupe::Party record;
  record.contact.name = who.name();
  record.contact.status = "active";
  record.contact.type = who.is_company ? "corporate" : "individual";
  const auto put = [&](const char* key, const std::string& value, const char* type = "text") {
    if (!value.empty()) record.contact.props.push_back({"", key, value, type});
  };
  put("pan_no", who.pan);
  put("gstin", who.gstin);
  put("cin", who.cin);
  put("udyam", who.udyam);
  put("mobile", who.mobile);
  if (random.percent(65)) put("email", who.email);
  put(who.is_company ? "date_of_incorporation" : "date_of_birth", who.born);
  if (random.percent(45)) put("aadhaar_ref", who.masked_aadhaar);
  if (random.percent(25)) put("voter_id", who.voter_id);
  put("occupation", who.occupation);
  put(who.is_company ? "monthly_turnover" : "monthly_income", std::to_string(who.monthly_income), "number");
  if (random.percent(30)) put("photo", "kyc/photos/" + random.digits(6) + ".jpg", "file");
  if (!who.is_company && random.percent(40)) put("politically_exposed", "false", "boolean");
  model::Address address;
  address.address_line = who.home.line;
  address.city = std::string(who.home.city->name);
  address.state = std::string(who.home.city->state);
  address.country = "India";
  address.pincode = who.home.pincode;
  address.tags = resource::Tags{who.is_company ? "registered" : "current"};
  record.addresses.push_back(std::move(address));
  if (!with_account) return record;
  model::Bank bank;
  bank.account_holder_name = record.contact.name;
  bank.account_no = who.account.number;
  bank.ifsc = who.account.ifsc;
  bank.account_type = who.is_company ? "current" : "savings";
  bank.bank_name = who.account.bank_name;
  bank.branch_name = std::string(who.home.city->name);
  bank.is_verified = random.percent(60);
  record.banks.push_back(std::move(bank));
  return record;
}

}  // namespace contactd::sandbox
