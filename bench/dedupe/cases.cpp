// The kinds of variation.
#include "cases.hpp"

#include <algorithm>
#include <array>

namespace contactd::bench {
namespace {

using std::string_view;

/// One letter is another, is missing, is doubled, or has changed places with the next; never the first one.
std::string with_slip(Random& random, std::string text) {
  if (text.size() < 4) return text;
  const std::size_t at = 1 + random.below(text.size() - 2);
  switch (random.below(4)) {
    case 0:
      text[at] = static_cast<char>((text[at] >= '0' && text[at] <= '9' ? '0' : 'a') + random.below(10));
      break;
    case 1:
      text.erase(at, 1);
      break;
    case 2:
      text.insert(at, 1, text[at]);
      break;
    default:
      std::swap(text[at], text[at + 1]);
  }
  return text;
}

struct Spelling {
  string_view one;
  string_view other;
};

constexpr Spelling spellings[] = {{"ksh", "x"}, {"sh", "s"}, {"s", "sh"},  {"ee", "i"}, {"i", "ee"}, {"oo", "u"},
                                  {"u", "oo"},  {"th", "t"}, {"t", "th"},  {"v", "w"},  {"w", "v"},  {"aa", "a"},
                                  {"a", "aa"},  {"ph", "f"}, {"f", "ph"},  {"d", "dh"}, {"dh", "d"}, {"y", "i"},
                                  {"n", "nn"},  {"bh", "b"}, {"au", "ou"}, {"a", "e"},  {"e", "a"},  {"ya", "ia"}};

/// Another spelling of a word, at one or two of the places where spellings differ.
std::string respelt(Random& random, std::string text) {
  std::size_t left = 1 + random.below(2);
  for (int tries = 0; tries < 60 && left > 0; ++tries) {
    const Spelling& spelling = random.one_of(spellings);
    const std::size_t at = text.find(spelling.one, 1);
    if (at == std::string::npos) continue;
    text.replace(at, spelling.one.size(), spelling.other);
    --left;
  }
  return text;
}

using Vary = std::string (*)(Random&, Somebody&, Style&);  ///< Changes what it likes; gives the name as written.

std::string same_name(Random&, Somebody& who, Style&) {
  return full_name(who);
}
std::string vary_spelling(Random& random, Somebody& who, Style&) {
  who.first = respelt(random, who.first);
  if (random.chance(60)) who.last = respelt(random, who.last);
  return full_name(who);
}
std::string vary_slip(Random& random, Somebody& who, Style&) {
  std::string& word = random.chance(60) || who.last.size() < 4 ? who.first : who.last;
  word = with_slip(random, word);
  return full_name(who);
}
std::string vary_order(Random& random, Somebody& who, Style&) {
  if (who.is_company) return "M/s " + full_name(who);
  if (random.chance(30)) return who.last + ", " + who.first + (who.middle.empty() ? "" : " " + who.middle);
  return who.last + " " + who.first + (who.middle.empty() ? "" : " " + who.middle);
}
std::string vary_initials(Random& random, Somebody& who, Style&) {
  if (who.is_company) return full_name(who);
  const std::string middle = who.middle.empty() ? "" : std::string(" ") + who.middle[0];
  return std::string(1, who.first[0]) + (random.chance(50) ? "." : "") + middle + " " + who.last;
}
std::string vary_form(Random& random, Somebody& who, Style&) {
  if (who.is_company) {
    constexpr string_view forms[] = {"", "Pvt. Ltd.", "Private Limited", "(P) Ltd", "LLP"};
    who.last = random.one_of(forms);
    return (random.chance(40) ? "M/s " : "") + full_name(who);
  }
  if (!who.middle.empty()) {
    who.middle.clear();
  } else if (random.chance(60)) {
    who.middle = who.is_female ? "Devi" : "Kumar";
  }
  return std::string(who.is_female ? "Smt. " : "Shri ") + full_name(who);
}
std::string vary_house(Random& random, Somebody& who, Style&) {
  move_house(random, who);
  if (random.chance(70)) who.phone = make_phone(random);
  return full_name(who);
}
std::string vary_surname(Random& random, Somebody& who, Style&) {
  const Somebody husband = make_person(random);
  if (!who.is_company) who.last = husband.last;
  return full_name(who);
}
std::string vary_number(Random& random, Somebody& who, Style&) {
  // A digit of the PAN, of the telephone number and of the birth date, one of them or two.
  const std::size_t which = random.below(3);
  if (which != 0) who.pan[5 + random.below(4)] = static_cast<char>('1' + random.below(9));
  if (which != 1) who.phone[4 + random.below(6)] = static_cast<char>('0' + random.below(10));
  if (which != 2) who.birth_date[9] = static_cast<char>('1' + random.below(8));
  return full_name(who);
}
std::string vary_fields(Random&, Somebody& who, Style& style) {
  style.fullness = 60;
  style.with_identifiers = false;
  return full_name(who);
}

struct Variation {
  string_view kind;
  Vary vary;
};

constexpr Variation variations[] = {{"other fields and formats", same_name},
                                    {"other spelling", vary_spelling},
                                    {"slip of a key in the name", vary_slip},
                                    {"words of the name swapped", vary_order},
                                    {"initials", vary_initials},
                                    {"honorific, middle name, company form", vary_form},
                                    {"moved house, mostly new telephone", vary_house},
                                    {"another surname", vary_surname},
                                    {"slips in the numbers", vary_number},
                                    {"few fields, no identifier", vary_fields}};

std::size_t pick_person(Random& random, const std::vector<Somebody>& stored) {
  while (true) {
    const std::size_t at = random.below(stored.size());
    if (!stored[at].is_company) return at;
  }
}

/// A brother's or sister's name that sounds like it; of a rare one, one with another ending.
std::string alike(Random& random, const Somebody& of) {
  constexpr std::array<std::array<string_view, 8>, 6> families{
      {{"Ramesh", "Rajesh", "Rakesh", "Mahesh", "Suresh", "Naresh", "Mukesh", "Dinesh"},
       {"Amit", "Ajit", "Sumit", "Lalit", "Mohit", "Rohit", "Ankit", "Rohan"},
       {"Anil", "Sunil", "Nikhil", "Akhil", "Arun", "Varun", "Tarun", "Kiran"},
       {"Vijay", "Ajay", "Sanjay", "Abhay", "Manish", "Harish", "Girish", "Satish"},
       {"Sunita", "Anita", "Vinita", "Sarita", "Savita", "Kavita", "Babita", "Lalita"},
       {"Geeta", "Seeta", "Reeta", "Meena", "Reena", "Veena", "Seema", "Neha"}}};
  for (const auto& family : families) {
    if (std::find(family.begin(), family.end(), of.first) == family.end()) continue;
    while (true) {
      const string_view name = random.one_of(family);
      if (name != of.first) return std::string(name);
    }
  }
  constexpr string_view endings[] = {"esh", "endra", "ita", "mala", "nath", "vati"};
  return of.first.substr(0, 3) + std::string(random.one_of(endings));
}

Somebody make_stranger(Random& random, const std::vector<Somebody>& stored, string_view kind) {
  const Somebody& known = stored[pick_person(random, stored)];
  if (kind == "unrelated") return random.chance(15) ? make_company(random) : make_person(random);
  if (kind == "of the same name") {
    Somebody who = make_person(random);
    who.first = known.first;
    who.middle = known.middle;
    who.last = known.last;
    who.is_female = known.is_female;
    return who;
  }
  if (kind == "with somebody's old or shared telephone") {
    Somebody who = make_person(random);
    who.phone = known.phone;
    return who;
  }
  Somebody who = make_relative(random, known);
  if (kind == "of the household, twin") who.birth_date = known.birth_date;
  if (kind == "of the household, first name alike") {
    who.first = alike(random, known);
    who.is_female = known.is_female;
  }
  return who;
}

}  // namespace

std::vector<Somebody> make_stored(Random& random, std::size_t count) {
  std::vector<Somebody> stored;
  stored.reserve(count + 5);
  const std::string agent = make_phone(random);
  while (stored.size() < count) {
    if (random.chance(20)) {
      stored.push_back(make_company(random));
      continue;
    }
    const std::size_t head = stored.size();
    stored.push_back(make_person(random));
    if (random.below(400) == 0) stored.back().phone = agent;
    for (std::size_t more = random.chance(45) ? random.below(4) : 0; more > 0; --more) {
      stored.push_back(make_relative(random, stored[head]));
    }
  }
  stored.resize(count);
  return stored;
}

std::vector<Case> make_duplicates(Random& random, const std::vector<Somebody>& stored, std::size_t count) {
  std::vector<Case> cases;
  for (std::size_t i = 0; i < count; ++i) {
    const Variation& variation = variations[i % std::size(variations)];
    const std::size_t at = random.below(stored.size());
    Somebody who = stored[at];
    Style style{.with_identifiers = random.chance(50)};
    const std::string name = variation.vary(random, who, style);
    cases.push_back({std::string(variation.kind), record_of(random, who, name, style), at});
  }
  return cases;
}

std::vector<Case> make_new(Random& random, const std::vector<Somebody>& stored, std::size_t count) {
  constexpr std::array<string_view, 10> kinds{"unrelated",
                                              "unrelated",
                                              "unrelated",
                                              "unrelated",
                                              "of the same name",
                                              "of the same name",
                                              "of the household",
                                              "of the household, twin",
                                              "of the household, first name alike",
                                              "with somebody's old or shared telephone"};
  std::vector<Case> cases;
  for (std::size_t i = 0; i < count; ++i) {
    const string_view kind = kinds[i % kinds.size()];
    const Somebody who = make_stranger(random, stored, kind);
    const Style style{.with_identifiers = random.chance(50)};
    cases.push_back({std::string(kind), record_of(random, who, full_name(who), style), std::nullopt});
  }
  return cases;
}

}  // namespace contactd::bench
