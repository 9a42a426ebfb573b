// The word lists. A word missing here costs a little accuracy and nothing else.
#include "dedupe/name_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "dedupe/name.hpp"

namespace contactd::dedupe {
namespace {

using std::string_view;

constexpr string_view fillers[] = {"kumar", "singh",  "devi",    "lal",  "kumari", "kaur",    "begum",
                                   "bibi",  "bai",    "ben",     "bhai", "prasad", "nath",    "chand",
                                   "rani",  "ji",     "khatoon", "bano", "ram",    "bhushan", "mohammad",
                                   "babu",  "nandan", "kishore", "dass", "chandra"};

constexpr string_view surnames[] = {
    "sharma",     "verma",    "varma",     "gupta",    "yadav",     "patel",      "shah",         "khan",
    "das",        "reddy",    "rao",       "nair",     "iyer",      "iyengar",    "joshi",        "mishra",
    "misra",      "pandey",   "tiwari",    "trivedi",  "dubey",     "jain",       "agarwal",      "aggarwal",
    "mehta",      "desai",    "patil",     "shinde",   "jadhav",    "pawar",      "more",         "kulkarni",
    "naidu",      "pillai",   "menon",     "thakur",   "chaudhary", "saha",       "roy",          "ghosh",
    "dey",        "mondal",   "mandal",    "sarkar",   "bose",      "ansari",     "ali",          "ahmed",
    "hussain",    "shaikh",   "syed",      "siddiqui", "qureshi",   "pathak",     "shukla",       "saxena",
    "srivastava", "malhotra", "kapoor",    "khanna",   "chopra",    "arora",      "bhatia",       "sethi",
    "gill",       "sandhu",   "dhillon",   "banerjee", "mukherjee", "chatterjee", "bhattacharya", "dutta",
    "sen",        "nayak",    "sahu",      "behera",   "mohanty",   "hegde",      "shetty",       "gowda",
    "bhat",       "kamath",   "fernandes", "dsouza",   "pereira",   "thomas",     "george",       "mathew",
    "solanki",    "chauhan",  "rathore",   "rajput",   "meena",     "soni",       "goel",         "bansal",
    "mittal",     "goyal"};

constexpr string_view first_names[] = {
    "ramesh",  "suresh", "rajesh",  "mukesh",   "sunil",   "anil",   "sanjay", "vijay", "ajay",     "manoj",
    "ashok",   "rakesh", "dinesh",  "mahesh",   "santosh", "deepak", "amit",   "rahul", "sunita",   "anita",
    "geeta",   "rekha",  "lakshmi", "priya",    "pooja",   "neha",   "kavita", "mamta", "rajendra", "vinod",
    "pradeep", "arun",   "ravi",    "sandeep",  "sachin",  "vikas",  "pankaj", "mohan", "gopal",    "krishna",
    "ganesh",  "naresh", "kamlesh", "jitendra", "asha",    "usha",   "meena",  "seema", "shanti",   "savitri",
    "sarita",  "manju",  "pushpa",  "radha",    "sita",    "fatima", "abdul",  "imran", "salim",    "yusuf",
    "john",    "mary",   "joseph",  "harish",   "manish",  "ritu"};

// Known, and not so common: one of these is no slip for another.
constexpr string_view more_first_names[] = {
    "ram",     "shyam",   "sita",    "gita",   "rita",    "mita",   "rohan",  "rohit",   "mohit",  "sumit",
    "ajit",    "lalit",   "arun",    "varun",  "tarun",   "karan",  "kiran",  "girish",  "satish", "jagdish",
    "nilesh",  "hitesh",  "ritesh",  "mitesh", "kalpesh", "alpesh", "umesh",  "yogesh",  "lokesh", "nitesh",
    "savita",  "vinita",  "sangita", "babita", "lalita",  "kamla",  "vimla",  "nirmala", "urmila", "sharmila",
    "pramila", "vijaya",  "jaya",    "maya",   "chaya",   "nita",   "lata",   "mala",    "bala",   "nisha",
    "disha",   "isha",    "reena",   "veena",  "leena",   "heena",  "teena",  "nirav",   "gaurav", "saurav",
    "sourabh", "vaibhav", "nitin",   "jatin",  "sachin",  "vipin",  "bipin",  "nikhil",  "akhil",  "rohini",
    "mohini",  "aman",    "raman",   "naman",  "pawan",   "kamal",  "vimal",  "amar",    "kumud",  "rama",
    "uma",     "hema",    "prem",    "om",     "dev",     "ankit",  "ankita", "amita"};

constexpr string_view company_words[] = {
    "traders",  "enterprises", "industries",    "india",       "international", "services",  "agency",
    "agencies", "stores",      "brothers",      "sons",        "associates",    "solutions", "technologies",
    "textiles", "foods",       "constructions", "exports",     "imports",       "trading",   "group",
    "systems",  "global",      "logistics",     "engineering", "steel",         "motors",    "electronics",
    "finance",  "ventures",    "products",      "marketing",   "infra",         "builders",  "developers",
    "medical",  "pharma",      "agro",          "garments",    "jewellers",     "hardware",  "manufacturing"};

using Facts = std::unordered_map<std::string, WordFacts>;

template <std::size_t size>
void add(Facts& facts, const string_view (&words)[size], WordFacts which) {
  for (const string_view word : words) {
    WordFacts& known = facts[folded_word(word)];
    known.is_common = known.is_common || which.is_common;
    known.is_filler = known.is_filler || which.is_filler;
    known.is_surname = known.is_surname || which.is_surname;
    known.is_given = known.is_given || which.is_given;
  }
}

const Facts& all_facts() {
  static const Facts facts = [] {
    Facts made;
    add(made, fillers, {.is_common = true, .is_filler = true});
    add(made, surnames, {.is_common = true, .is_surname = true});
    add(made, first_names, {.is_common = true, .is_given = true});
    add(made, more_first_names, {.is_given = true});
    add(made, company_words, {.is_common = true});
    return made;
  }();
  return facts;
}

template <std::size_t size>
bool has(const string_view (&words)[size], string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

struct LongForm {
  string_view short_form;
  string_view long_form;
};

constexpr LongForm person_forms[] = {{"md", "mohammad"},
                                     {"mohd", "mohammad"},
                                     {"mohammed", "mohammad"},
                                     {"mohamed", "mohammad"},
                                     {"muhammad", "mohammad"},
                                     {"muhammed", "mohammad"},
                                     {"mohamad", "mohammad"},
                                     {"mohamud", "mohammad"},
                                     {"kr", "kumar"},
                                     {"pd", "prasad"},
                                     {"sk", "shaikh"},
                                     {"sheikh", "shaikh"},
                                     {"shaik", "shaikh"},
                                     {"sheik", "shaikh"},
                                     {"ch", "chaudhary"},
                                     {"choudhary", "chaudhary"},
                                     {"chowdhury", "chaudhary"},
                                     {"choudhury", "chaudhary"},
                                     {"chaudhari", "chaudhary"},
                                     {"chaudhry", "chaudhary"},
                                     {"chowdary", "chaudhary"},
                                     {"chowdhary", "chaudhary"},
                                     {"choudhari", "chaudhary"},
                                     {"sayyed", "syed"},
                                     {"varma", "verma"},
                                     {"saiyed", "syed"},
                                     {"sayed", "syed"},
                                     {"ahmad", "ahmed"},
                                     {"husain", "hussain"},
                                     {"hussein", "hussain"},
                                     {"agrawal", "agarwal"},
                                     {"bandyopadhyay", "banerjee"},
                                     {"mukhopadhyay", "mukherjee"},
                                     {"chattopadhyay", "chatterjee"}};

constexpr LongForm company_forms[] = {{"bros", "brothers"},
                                      {"ent", "enterprises"},
                                      {"entp", "enterprises"},
                                      {"enterprise", "enterprises"},
                                      {"ind", "industries"},
                                      {"inds", "industries"},
                                      {"industry", "industries"},
                                      {"intl", "international"},
                                      {"svcs", "services"},
                                      {"service", "services"},
                                      {"trader", "traders"},
                                      {"mfg", "manufacturing"},
                                      {"engg", "engineering"},
                                      {"tech", "technologies"},
                                      {"technology", "technologies"},
                                      {"const", "constructions"},
                                      {"construction", "constructions"},
                                      {"assoc", "associates"},
                                      {"textile", "textiles"},
                                      {"food", "foods"},
                                      {"solution", "solutions"},
                                      {"store", "stores"},
                                      {"system", "systems"},
                                      {"jewelers", "jewellers"}};

}  // namespace

WordFacts facts_of(string_view folded_word) {
  const auto found = all_facts().find(std::string(folded_word));
  return found == all_facts().end() ? WordFacts{} : found->second;
}

bool is_honorific(string_view word) {
  constexpr string_view words[] = {"shri",   "sri",  "shree", "smt",    "shrimati", "srimati", "mr",
                                   "mrs",    "ms",   "miss",  "mx",     "dr",       "prof",    "km",
                                   "kumari", "late", "adv",   "capt",   "col",      "maj",     "sh",
                                   "thiru",  "tmt",  "selvi", "master", "er",       "messrs",  "sushri"};
  return has(words, word);
}

bool is_company_form(string_view word) {
  constexpr string_view words[] = {"pvt",  "private", "ltd", "limited",     "llp", "inc", "co",   "company",
                                   "corp", "plc",     "pte", "corporation", "opc", "llc", "lltd", "pvtltd"};
  return has(words, word);
}

bool is_link(string_view word) {
  constexpr string_view words[] = {"and", "the", "of", "for"};
  return has(words, word);
}

string_view long_form_of(string_view word, bool is_company) {
  const auto matches = [word](const LongForm& form) { return form.short_form == word; };
  if (is_company) {
    const auto* found = std::find_if(std::begin(company_forms), std::end(company_forms), matches);
    return found == std::end(company_forms) ? word : found->long_form;
  }
  const auto* found = std::find_if(std::begin(person_forms), std::end(person_forms), matches);
  return found == std::end(person_forms) ? word : found->long_form;
}

}  // namespace contactd::dedupe
