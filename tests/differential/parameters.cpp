// Values by a parameter's name, or by the choices of its schema.
#include "parameters.hpp"

#include <map>
#include <stdexcept>

#include "bodies.hpp"
#include "match.hpp"
#include "texts.hpp"

namespace contactd::differential {
namespace {

using api::Parameter;

/// How often a parameter is given, in percent; those that are not here are filters.
const std::map<std::string_view, double>& frequencies() {
  static const std::map<std::string_view, double> all{{"search", 25},
                                                      {"ordering", 40},
                                                      {"page", 20},
                                                      {"page_size", 65},
                                                      {"expand", 25},
                                                      {"cursor", 3},
                                                      {"created_at_after", 10},
                                                      {"created_at_before", 10},
                                                      {"key", 60}};
  return all;
}

const std::vector<Parameter>& parameters_of(const api::Route& route) {
  static std::map<const api::Route*, std::vector<Parameter>> known;
  const auto [at, is_new] = known.try_emplace(&route);
  if (is_new) at->second = route.operation.parameters();
  return at->second;
}

/// The words that the schema gives a choice of.
std::vector<std::string> choices_of(const Parameter& parameter) {
  const auto parsed = resource::JsonDocument::parse(parameter.schema);
  const auto* schema = std::get_if<resource::JsonDocument>(&parsed);
  if (schema == nullptr) throw std::logic_error("a schema that is no JSON: " + std::string(parameter.name));
  for (const std::string_view pointer : {"/enum/*", "/items/enum/*"}) {
    std::vector<std::string> words;
    for (const auto& value : scenario::values_at(schema->root(), pointer)) words.emplace_back(value.text());
    if (!words.empty()) return words;
  }
  if (!scenario::values_at(schema->root(), "/type").empty() &&
      scenario::values_at(schema->root(), "/type").front().text() == "boolean") {
    return {"true", "false"};
  }
  throw std::logic_error("no values are known for the parameter " + std::string(parameter.name) +
                         ": add it to tests/differential/parameters.cpp");
}

std::string a_time(Dice& dice, Memory& memory) {
  static constexpr std::string_view times[] = {"{day_before}",
                                               "{day}",
                                               "{day_after}",
                                               "{day}T00:00:00Z",
                                               "{day}T00:00:00.010Z",
                                               "{day}T05:30:00%2B05:30",
                                               "{day}T05:30:00+05:30",
                                               "2000-01-01",
                                               "9999-12-31",
                                               "1969-12-31",
                                               "{day}T00:00:00",
                                               "2030-02-30",
                                               "now",
                                               "0"};
  if (dice.chance(60) && !memory.times.empty()) return dice.pick(memory.times);
  return std::string(times[dice.below(dice.chance(85) ? 7 : std::size(times))]);
}

std::string words_of_search(Dice& dice) {
  if (dice.chance(1)) return "{repeat " + std::to_string(dice.between(99, 101)) + " 'a'}";
  if (dice.chance(1)) return "{each 20 'a#'}";
  std::string text;
  for (std::size_t count = 1 + dice.below(dice.chance(70) ? 1 : 4); count > 0; --count) {
    if (!text.empty()) text += dice.chance(90) ? "+" : "%09";
    text += percent_encoded(dice.chance(30) ? prop_key(dice) : search_word(dice), dice);
  }
  return dice.chance(1) ? text + "%00" : text;
}

std::string number(std::string_view name, Dice& dice) {
  static constexpr std::string_view odd[] = {
      "0", "-1", "101", "1.0", "x", "9223372036854775807", "9223372036854775808", "+1", "01"};
  if (dice.chance(4)) return std::string(dice.pick(odd));
  return std::to_string(name == "page" ? 1 + dice.below(4) : dice.chance(5) ? 100 : 1 + dice.below(6));
}

std::string listed(Dice& dice, std::string (*one)(Dice&)) {
  std::string text = percent_encoded(one(dice), dice);
  for (std::size_t more = dice.below(3); more > 0; --more) text += "," + percent_encoded(one(dice), dice);
  return text;
}

std::string user(Dice& dice) {
  static constexpr std::string_view users[] = {"asha.rao", "bala.iyer", "chand.roy", "nobody.here", "short"};
  return std::string(dice.pick(users));
}

std::string value_of(const Parameter& parameter, Dice& dice, Memory& memory) {
  const std::string_view name = parameter.name;
  if (dice.chance(2)) return percent_encoded(any_text(dice), dice);
  if (dice.chance(1)) return "";
  if (name == "contact" || name == "related_contact") return id_of("contacts", dice, memory);
  if (name == "search") return words_of_search(dice);
  if (name == "created_at_after" || name == "created_at_before") return a_time(dice, memory);
  if (name == "page" || name == "page_size") return number(name, dice);
  if (name == "cursor") return memory.cursors.empty() ? "x" : dice.pick(memory.cursors);
  if (name == "namespace") return percent_encoded(namespace_name(dice), dice);
  if (name == "ref_id") return percent_encoded(reference(dice), dice);
  if (name == "rm_id" || name == "branch_id") return dice.chance(60) ? "rm-1" : dice.chance(50) ? "b1" : "RM-1";
  if (name == "tags") return listed(dice, tag);
  if (name == "key") return percent_encoded(prop_key(dice), dice);
  if (name == "by") return user(dice);
  const auto choices = choices_of(parameter);
  std::string text = dice.pick(choices);
  if (parameter.several == api::Several::commas) {
    for (std::size_t more = dice.below(4); more > 0; --more) text += "," + dice.pick(choices);
  }
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> parameters_for(const api::Route& route, Dice& dice, Memory& memory) {
  std::vector<std::pair<std::string, std::string>> made;
  static constexpr std::string_view unknown[] = {"pagesize", "%zz", "search%FF", "t%C3%A9", "order", "Page"};
  if (dice.chance(1)) made.emplace_back(dice.pick(unknown), "1");
  if (route.operation.parameters == nullptr) return made;
  const bool plain = dice.chance(25);  // a list as it is asked for mostly
  for (const Parameter& parameter : parameters_of(route)) {
    const auto known = frequencies().find(parameter.name);
    const bool is_filter = known == frequencies().end();
    if (!dice.chance(is_filter ? (plain ? 0 : 9) : known->second)) continue;
    made.emplace_back(parameter.name, value_of(parameter, dice, memory));
    if (dice.chance(parameter.several == api::Several::no ? 0.5 : 20)) {
      made.emplace_back(parameter.name, value_of(parameter, dice, memory));
    }
  }
  return made;
}

}  // namespace contactd::differential
