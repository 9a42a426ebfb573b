// Households, companies and their doubles, one after the other until there are enough contacts.
#include "sandbox/plan.hpp"

#include <array>

#include "sandbox/past.hpp"
#include "sandbox/people.hpp"
#include "sandbox/requests.hpp"

namespace contactd::sandbox {
namespace {

/// A namespace, and how the references of contacts look that came from the register before this one: they are those of
/// an earlier year, so they leave the counters alone.
struct Space {
  const char* name;
  const char* body;
  const char* reference_start;
  std::size_t reference_digits;
};
enum SpaceIndex : std::size_t { retail, small_business, gold };
constexpr std::array<Space, 3> spaces{
    Space{"Retail Lending",
          R"({"name":"Retail Lending","contact_pattern":"RTL-{yyyy}-{counter:05}",)"
          R"("account_pattern":"LN-{yy}{mm}-{counter:06}"})",
          "RTL-2024-", 5},
    Space{"MSME Lending",
          R"({"name":"MSME Lending","contact_pattern":"MSME/{yyyy}/{counter:04}",)"
          R"("account_pattern":"BL{yyyy}{counter:06}","approval_policy":"four_eyes"})",
          "MSME/2024/", 4},
    Space{"Gold Loans", R"({"name":"Gold Loans","contact_pattern":"GL{yy}{counter:05}"})", "GL24", 5}};

/// Loose ends of the first household, which the greeting and the tutorial name.
Home first_home(const City* city) {
  return {city, "Flat 12, Sai Kripa, Karve Road", "411038"};
}

class Planner {
 public:
  explicit Planner(std::size_t contacts) : contacts_(contacts) {}

  Plan make() {
    plan_.namespaces.push_back({"vayana", namespace_keeper, "POST", "/namespaces/", R"({"name":"Vayana"})"});
    for (const Space& space : spaces) {
      plan_.namespaces.push_back({space.name, namespace_keeper, "POST", "/namespaces/", space.body});
    }
    add_first_household();
    while (plan_.contacts.size() < contacts_) {
      const std::size_t first = plan_.contacts.size();
      const std::size_t region = random_.below(region_count());
      ++household_;
      random_.percent(30) ? add_company(region) : add_household(region);
      if (random_.percent(30)) add_twin(random_.between(first, plan_.contacts.size() - 1));
    }
    cut();
    return std::move(plan_);
  }

 private:
  std::size_t add(const Somebody& who, SpaceIndex space, Outcome outcome, dedupe::Party record) {
    model::Contact& contact = record.contact;
    std::string number = std::to_string(++references_[space]);
    number.insert(0, spaces[space].reference_digits - std::min(number.size(), spaces[space].reference_digits), '0');
    contact.name_space.name = spaces[space].name;
    contact.ref_id = spaces[space].reference_start + number;
    contact.branch_id = std::string(who.home.city->letters) + "-0" + std::to_string(random_.between(1, 4));
    contact.rm_id = "rm-" + std::to_string(random_.between(10, 24));
    PlannedContact planned{std::move(record), {"create", random_.one_of(makers()), "POST", "/contacts/", ""}, {}, {}};
    planned.household = household_;
    add_past(random_, planned, who, outcome);
    planned.create.body = contact_body(planned.record.contact);
    plan_.contacts.push_back(std::move(planned));
    people_.push_back(who);
    return plan_.contacts.size() - 1;
  }
  std::size_t add(const Somebody& who, SpaceIndex space, const char* tag = nullptr) {
    dedupe::Party record = record_of(random_, who, random_.percent(60));
    if (tag != nullptr) record.contact.tags = resource::Tags{tag};
    return add(who, space, make_outcome(random_), std::move(record));
  }

  void relate(std::size_t contact, const char* type, std::size_t other) {
    const std::string mark = std::string(type) + "." + std::to_string(other);
    auto& planned = plan_.contacts[contact];
    planned.relations.push_back(
        {mark, planned.create.user, "POST", "/contacts/relations/", relation_body(type, ""), other});
  }
  void relate_to_name(std::size_t contact, const char* type, const std::string& name) {
    auto& planned = plan_.contacts[contact];
    planned.relations.push_back(
        {std::string(type) + ".name", planned.create.user, "POST", "/contacts/relations/", relation_body(type, name)});
  }

  /// Whether somebody of this household has that first name.
  bool is_taken(const std::string& first_name) const {
    for (std::size_t i = people_.size(); i-- > 0 && plan_.contacts[i].household == household_;) {
      if (people_[i].first == first_name) return true;
    }
    return false;
  }

  /// Moves in with the first one: the same surname and home, and for many the same telephone.
  Somebody relative_of(const Somebody& first, std::size_t region, bool is_woman, std::size_t year) {
    Somebody who = make_person(random_, region, is_woman, year);
    while (is_taken(who.first)) who = make_person(random_, region, is_woman, year);
    rename_family(random_, who, first.last);
    who.home = first.home;
    if (random_.percent(40)) who.mobile = first.mobile;
    return who;
  }

  void add_household(std::size_t region) {
    const SpaceIndex space = random_.percent(70) ? retail : gold;
    const Somebody head = make_person(random_, region, random_.percent(40), random_.between(1958, 1996));
    const std::size_t first = add(head, space, "borrower");
    const std::size_t shape = random_.below(100);
    if (shape < 60) {
      const std::size_t spouse = add(relative_of(head, region, !head.is_woman, head.year + random_.below(4)), space);
      relate(first, "spouse", spouse);
      relate(spouse, "spouse", first);
      if (random_.percent(50)) relate(first, "co_applicant", spouse);
      if (head.year < 1976 && random_.percent(60)) add_child(region, first, spouse);
    }
    if (shape >= 45 && shape < 75 && head.year > 1975) {
      const bool is_mother = random_.percent(50);
      const std::size_t parent = add(relative_of(head, region, is_mother, head.year - random_.between(21, 30)), space);
      relate(first, is_mother ? "mother" : "father", parent);
      relate(parent, "child", first);
    }
    if (shape >= 70) relate_to_name(first, "nominee", relative_of(head, region, random_.percent(50), 2012).name());
    if (shape % 5 == 0) add_guarantor(first);
  }
  void add_child(std::size_t region, std::size_t first, std::size_t spouse) {
    const Somebody head = people_[first];
    const std::size_t year = head.year + random_.between(22, 28);
    const std::size_t child = add(relative_of(head, region, random_.percent(50), year), retail);
    relate(child, head.is_woman ? "mother" : "father", first);
    relate(child, head.is_woman ? "father" : "mother", spouse);
    relate(first, "nominee", child);
  }
  /// A friend from a household that is there already.
  void add_guarantor(std::size_t borrower) {
    const std::size_t other = random_.below(borrower);
    if (people_[other].is_company || plan_.contacts[other].household == household_) return;
    relate(borrower, "guarantor", other);
    relate(borrower, "friend", other);
  }

  void add_company(std::size_t region) {
    const std::size_t company = add(make_company(random_, region), small_business, "borrower");
    for (std::size_t count = random_.between(1, 2); count > 0; --count) {
      const bool is_woman = random_.percent(40);
      const Somebody who = make_person(random_, region, is_woman, random_.between(1960, 1990));
      relate(company, "guarantor", add(who, small_business, "director"));
    }
    if (random_.percent(25)) relate_to_name(company, "witness", make_person(random_, region, false, 1970).name());
  }

  /// Somebody who is there already comes in by another door: written down once more, a little differently.
  void add_twin(std::size_t of) {
    Somebody who = people_[of];
    const auto kind = who.is_company ? Twin::spelling : static_cast<Twin>(random_.between(1, 3));
    const std::size_t region = random_.below(region_count());
    std::string name = plan_.contacts[of].record.contact.name;
    if (kind == Twin::moved_house) {
      who.home = make_home(random_, region);
      who.mobile = make_mobile(random_);
      who.pan.clear();
    } else if (kind == Twin::same_pan) {
      name = surname_first(who);
      who.mobile = make_mobile(random_);
    } else {
      name = other_spelling(random_, who);
      if (!who.is_company && random_.percent(60)) who.pan.clear();
    }
    add_twin_as(who, name, kind, of);
  }
  void add_twin_as(const Somebody& who, const std::string& name, Twin kind, std::size_t of) {
    dedupe::Party record = record_of(random_, who, false);
    record.contact.name = name;
    const SpaceIndex space = who.is_company ? small_business : gold;
    const std::size_t twin = add(who, space, Outcome::pending, std::move(record));
    plan_.contacts[twin].twin = kind;
    plan_.contacts[twin].twin_of = of;
    plan_.contacts[twin].household = plan_.contacts[of].household;
  }

  void add_first_household() {
    Somebody asha = make_person(random_, 0, true, 1986);
    asha.first = "Asha";
    rename_family(random_, asha, "Deshpande");
    asha.pan = "ZZAPD4321K";
    asha.mobile = "5081726354";
    asha.born = "1986-04-17";
    while (asha.home.city->name != "Pune") asha.home = make_home(random_, 0);
    asha.home = first_home(asha.home.city);
    dedupe::Party record = record_of(random_, asha, true);
    record.contact.tags = resource::Tags{"borrower"};
    const std::size_t first = add(asha, retail, Outcome::approved, std::move(record));
    const std::size_t spouse = add(relative_of(asha, 0, false, 1984), retail);
    relate(first, "spouse", spouse);
    relate(spouse, "spouse", first);
    relate(first, "co_applicant", spouse);
    asha.mobile = make_mobile(random_);
    add_twin_as(asha, "Deshpande Aasha", Twin::same_pan, first);
  }

  /// The last household may be one too many.
  void cut() {
    if (plan_.contacts.size() > contacts_) plan_.contacts.resize(contacts_);
    for (PlannedContact& contact : plan_.contacts) {
      std::erase_if(contact.relations, [this](const Step& step) { return step.other && *step.other >= contacts_; });
    }
  }

  std::size_t contacts_;
  Random random_{20'240'401};
  Plan plan_;
  std::vector<Somebody> people_;  // beside plan_.contacts
  std::array<std::size_t, spaces.size()> references_{};
  std::size_t household_ = 0;
};

}  // namespace

std::size_t Plan::request_count() const {
  std::size_t count = namespaces.size();
  for (const PlannedContact& contact : contacts) count += 1 + contact.steps.size() + contact.relations.size();
  return count;
}

Plan make_plan(std::size_t contacts) {
  return Planner(contacts).make();
}

std::vector<std::string> makers() {
  return {"asha.rao", "badal.sen", "meera.iyer"};
}

std::vector<std::string> checkers() {
  return {"dev.nair", "farida.khan"};
}

}  // namespace contactd::sandbox
