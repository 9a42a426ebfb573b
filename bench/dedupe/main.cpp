// How many duplicates are found, and how many people are taken for somebody else.
//
//   cmake --preset release && ninja -C build/release bench_dedupe
//   build/release/bench_dedupe [SEED] [STORED] [ASKED]     defaults: 1 20000 2000
//
// Stores people in households, then asks for as many duplicates and for as many new people. Keys are looked up in an
// index in memory with the caps that the store uses. The yardstick beside it: an equal identifier (normalised) is a
// match.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <string_view>
#include <unordered_map>

#include "cases.hpp"
#include "dedupe/compare.hpp"
#include "dedupe/keys.hpp"

namespace contactd::bench {
namespace {

using Clock = std::chrono::steady_clock;

double microseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

std::vector<std::string> keys_of_all(const dedupe::Party& party) {
  std::vector<std::string> keys = dedupe::keys_of(party.contact);
  for (const auto& bank : party.banks) {
    for (std::string& key : dedupe::keys_of(bank)) keys.push_back(std::move(key));
  }
  return keys;
}

/// What is found for one question: who, and how sure.
struct Hit {
  std::size_t who;
  double score;
};

class Index {
 public:
  explicit Index(std::vector<dedupe::Party> parties) : parties_(std::move(parties)) {
    const auto start = Clock::now();
    for (std::size_t who = 0; who < parties_.size(); ++who) {
      for (std::string& key : keys_of_all(parties_[who])) {
        rows_[std::move(key)].push_back(who);
        ++keys_;
      }
    }
    key_microseconds_ = microseconds_since(start) / static_cast<double>(parties_.size());
  }

  std::vector<Hit> find(const dedupe::Party& candidate) {
    std::vector<std::size_t> found;
    for (const dedupe::Lookup& lookup : dedupe::lookups_of(candidate)) {
      const auto rows = rows_.find(lookup.key);
      if (rows == rows_.end()) continue;
      const std::size_t count = std::min(lookup.rows_max, rows->second.size());
      found.insert(found.end(), rows->second.begin(), rows->second.begin() + static_cast<std::ptrdiff_t>(count));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    const dedupe::Comparer comparer(candidate);
    std::vector<Hit> hits;
    const auto start = Clock::now();
    for (const std::size_t who : found) hits.push_back({who, comparer.compare(parties_[who]).score});
    compare_microseconds_ += microseconds_since(start);
    compared_ += found.size();
    ++asked_;
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
    return hits;
  }

  /// Everybody who shares one of the identifiers whose keys begin so.
  std::vector<Hit> find_exact(const dedupe::Party& candidate, bool contact_points) const {
    std::vector<Hit> hits;
    for (const std::string& key : keys_of_all(candidate)) {
      const std::string_view kind = std::string_view(key).substr(0, key.find(':'));
      const bool counts = kind == "pan" || kind == "aadhaar" || kind == "voter" || kind == "account" ||
                          (contact_points && (kind == "phone" || kind == "email"));
      const auto rows = rows_.find(key);
      if (!counts || rows == rows_.end()) continue;
      for (const std::size_t who : rows->second) hits.push_back({who, 1});
    }
    return hits;
  }

  void print_costs() const {
    std::size_t hottest = 0;
    for (const auto& [key, rows] : rows_) hottest = std::max(hottest, rows.size());
    std::printf(
        "\n%.1f keys a row, %.1f us to make them; %.0f rows compared a question, %.1f us each; hottest key %zu rows\n",
        static_cast<double>(keys_) / static_cast<double>(parties_.size()), key_microseconds_,
        static_cast<double>(compared_) / static_cast<double>(asked_),
        compare_microseconds_ / static_cast<double>(compared_), hottest);
  }
  const dedupe::Party& party(std::size_t who) const { return parties_[who]; }

 private:
  std::vector<dedupe::Party> parties_;
  std::unordered_map<std::string, std::vector<std::size_t>> rows_;
  std::size_t keys_ = 0;
  std::size_t compared_ = 0;
  std::size_t asked_ = 0;
  double key_microseconds_ = 0;
  double compare_microseconds_ = 0;
};

/// Of one kind of question under one rule.
struct Tally {
  std::size_t asked = 0;
  std::size_t right = 0;       ///< The one who was meant is among the hits.
  std::size_t with_wrong = 0;  ///< Somebody else is among the hits.
};

constexpr std::size_t limit = 10;
constexpr std::array<std::string_view, 4> rules{"score >= 0.50", "match >= 0.85", "equal identifier",
                                                "or phone, e-mail"};

using Tallies = std::map<std::string, std::array<Tally, rules.size()>>;

void count(Tally& tally, const std::vector<Hit>& hits, double score_min, const Case& asked) {
  ++tally.asked;
  bool right = false;
  bool wrong = false;
  std::size_t shown = 0;
  for (const Hit& hit : hits) {
    if (hit.score < score_min || (score_min < 1 && ++shown > limit)) break;
    (asked.same_as && *asked.same_as == hit.who ? right : wrong) = true;
  }
  tally.right += right ? 1 : 0;
  tally.with_wrong += wrong ? 1 : 0;
}

Tallies ask_all(Index& index, const std::vector<Case>& cases) {
  Tallies tallies;
  for (const Case& asked : cases) {
    const std::vector<Hit> hits = index.find(asked.record);
    for (const std::string& kind : {asked.kind, std::string("~ all")}) {
      auto& tally = tallies[kind];
      count(tally[0], hits, 0.5, asked);
      count(tally[1], hits, dedupe::match_score_min, asked);
      count(tally[2], index.find_exact(asked.record, false), 1, asked);
      count(tally[3], index.find_exact(asked.record, true), 1, asked);
    }
  }
  return tallies;
}

void print(const char* title, const Tallies& tallies, bool duplicates) {
  std::printf("\n| %s, percent |", title);
  for (const std::string_view rule : rules) std::printf(" %.*s |", static_cast<int>(rule.size()), rule.data());
  std::printf("\n|---|---|---|---|---|\n");
  for (const auto& [kind, tally] : tallies) {
    std::printf("| %s |", kind == "~ all" ? "**all**" : kind.c_str());
    for (const Tally& one : tally) {
      const std::size_t number = duplicates ? one.right : one.with_wrong;
      std::printf(" %.1f |", 100.0 * static_cast<double>(number) / static_cast<double>(one.asked));
    }
    std::printf("\n");
  }
}

/// Of the questions that got an answer under a rule, how many got nobody but the right one.
void print_precision(const std::vector<const Tallies*>& all) {
  std::printf("\n| precision: answers without a wrong one, percent |");
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    std::size_t wrong = 0;
    std::size_t right = 0;
    for (const Tallies* tallies : all) {
      wrong += tallies->at("~ all")[rule].with_wrong;
      right += tallies->at("~ all")[rule].right;
    }
    std::printf(" %.1f |",
                100.0 * static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(right + wrong, 1)));
  }
  std::printf("\n");
}

std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace
}  // namespace contactd::bench

int main(int argument_count, char** arguments) {
  using namespace contactd::bench;
  const auto argument = [&](int at, std::size_t otherwise) {
    return argument_count > at ? number_of(arguments[at]) : otherwise;
  };
  Random random(argument(1, 1));
  const std::vector<Somebody> stored = make_stored(random, argument(2, 20'000));
  std::vector<contactd::dedupe::Party> parties;
  parties.reserve(stored.size());
  for (const Somebody& who : stored) parties.push_back(record_of(random, who, full_name(who), {}));
  Index index(std::move(parties));
  const std::vector<Case> duplicates = make_duplicates(random, stored, argument(3, 2'000));
  const std::vector<Case> strangers = make_new(random, stored, argument(3, 2'000));
  const Tallies found = ask_all(index, duplicates);
  const Tallies alarms = ask_all(index, strangers);
  print("duplicates found", found, true);
  print("duplicates for whom somebody else was shown", found, false);
  print("new people taken for somebody", alarms, false);
  print_precision({&found, &alarms});
  index.print_costs();
}
