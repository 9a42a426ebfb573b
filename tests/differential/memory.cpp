// Choosing among what was made.
#include "memory.hpp"

namespace contactd::differential {

std::string id_of(std::string_view table, Dice& dice, Memory& memory) {
  static constexpr std::string_view tables[] = {"contacts", "namespaces", "addresses", "banks", "relations"};
  static constexpr std::string_view strange[] = {"01JQ8RRBB2XRSVTCG11Y6JKCKH",
                                                 "7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
                                                 "00000000",
                                                 "x",
                                                 "no-such-id",
                                                 "an%20id%20of%20old",
                                                 "id%F0%9F%98%80abcdef",
                                                 "01jq8rrbb2xrsvtcg11y6jkckh",
                                                 "{repeat 50 'a'}",
                                                 "{repeat 51 'a'}"};
  const std::size_t kind = dice.below(100);
  const auto from = [&](auto& estate_part) -> std::string {
    const auto found = estate_part.find(table);
    if (found == estate_part.end() || found->second.empty()) return std::string(dice.pick(strange));
    // Recent ones more often: they have less behind them, older ones more.
    const auto& ids = found->second;
    return dice.chance(40) ? ids[ids.size() - 1 - dice.below(std::min<std::size_t>(ids.size(), 3))] : dice.pick(ids);
  };
  if (kind < 88) return from(memory.own().live);
  if (kind < 92) return from(memory.own().gone);
  if (kind < 95) return from(memory.other().live);
  if (kind < 97) {
    const auto& all = memory.own().live[std::string(dice.pick(tables))];
    if (!all.empty()) return dice.pick(all);
  }
  return std::string(dice.pick(strange));
}

}  // namespace contactd::differential
