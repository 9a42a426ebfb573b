// Makes a test of every scenario file on every store; a new file needs no code.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "runner.hpp"

namespace contactd::scenario {
namespace {

class ScenarioTest : public testing::Test {
 public:
  ScenarioTest(std::string path, const StoreKind& kind) : path_(std::move(path)), kind_(kind) {}

  void TestBody() override {
    const Scenario scenario = read_scenario(path_);
    RecordProperty("steps", static_cast<int>(scenario.steps.size()));
    RecordProperty("requests", static_cast<int>(run(scenario, kind_)));
  }

 private:
  std::string path_;
  const StoreKind& kind_;
};

void register_all() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(CONTACTD_SCENARIO_FOLDER)) {
    if (entry.path().extension() == ".scenario") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const StoreKind& kind : store_kinds()) {
    for (const auto& file : files) {
      testing::RegisterTest(kind.name.c_str(), file.stem().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [path = file.string(), &kind]() -> testing::Test* { return new ScenarioTest(path, kind); });
    }
  }
}

}  // namespace
}  // namespace contactd::scenario

int main(int argument_count, char** arguments) {
  testing::InitGoogleTest(&argument_count, arguments);
  contactd::scenario::register_all();
  return RUN_ALL_TESTS();
}
