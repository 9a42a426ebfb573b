// Two pragmas in words.
#include "store/sqlite_check.hpp"

namespace contactd::store {

std::vector<std::string> damage_of_file(Connection& connection, std::size_t findings_max) {
  std::vector<std::string> findings;
  const std::string sql = "PRAGMA integrity_check(" + std::to_string(findings_max) + ")";
  connection.run(sql, {}, [&](const Row& row) {
    std::string finding(row.text(0));
    for (char& c : finding) c = c == '\n' ? ' ' : c;
    if (finding != "ok") findings.push_back(std::move(finding));
    return findings.size() < findings_max;
  });
  return findings;
}

std::vector<std::string> broken_references(Connection& connection, std::size_t findings_max) {
  std::vector<std::string> findings;
  connection.run("PRAGMA foreign_key_check", {}, [&](const Row& row) {
    std::string finding = std::string(row.text(0)) + ": a row";
    if (!row.is_null(1)) finding += " (number " + std::to_string(row.integer(1)) + ")";
    findings.push_back(finding + " refers to one of " + std::string(row.text(2)) + " that is not there");
    return findings.size() < findings_max;
  });
  return findings;
}

}  // namespace contactd::store
