// Two tenants with the same ids: one that asks, and a stranger with other contents and more of them.
#pragma once

#include <map>

#include "store/schema.hpp"
#include "store/search_rebuild.hpp"
#include "support.hpp"
#include "tenant_wall_connection.hpp"

namespace contactd::api {

/// A clock that ticks a millisecond a look, and no randomness: the same requests give the same ids.
inline StampSource predictable_stamps(std::int64_t start) {
  auto time = std::make_shared<std::int64_t>(start);
  return StampSource([time] { return Time{*time += 1'000}; }, [] { return std::uint64_t{0}; });
}

inline store::StoreSettings settings_for(const std::string& path, Watch& watch) {
  store::StoreSettings settings;
  settings.sqlite.path = path;
  settings.sqlite.synchronous = false;  // nothing here is about power cuts
  settings.stamps = predictable_stamps(1'800'000'000'000'000);
  settings.long_read_threads = 1;
  settings.wrap = [&watch](std::unique_ptr<store::Connection> inner) {
    return std::make_unique<WatchedConnection>(std::move(inner), watch);
  };
  return settings;
}

using Names = std::map<std::string, std::string>;  // {contact} → its id

inline std::string filled(std::string text, const Names& names) {
  for (const auto& [name, value] : names) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) {
      text.replace(at, name.size(), value);
    }
  }
  return text;
}

struct Keep {
  Ask ask;
  std::string name;
};

/// Makes what both tenants will hold.
inline Names make_first_rows(TestService& service, const std::string& token) {
  const Keep makers[] = {
      {{"POST", "/namespaces/", R"({"name":"Retail"})"}, "{namespace}"},
      {{"POST", "/namespaces/", R"({"name":"Empty"})"}, "{empty}"},
      {{"POST", "/contacts/",
        R"({"name":"Asha","namespace":"Retail","status":"active","type":"individual","ref_id":"R-1",)"
        R"("tags":["vip","a"],"rm_id":"rm1","branch_id":"b1",)"
        R"("props":[{"key":"pan","type":"text","value":"AFZPK7190K"},)"
        R"({"key":"mobile","type":"text","value":"9820012345"}]})"},
       "{contact}"},
      {{"POST", "/contacts/",
        R"({"name":"Bela","namespace":"Retail","status":"inactive","type":"corporate","ref_id":"R-2",)"
        R"("rm_id":"rm1","props":[]})"},
       "{other}"},
      {{"POST", "/contacts/",
        R"({"name":"Chand","namespace":"Retail","status":"active","type":"individual","tags":["a"],"props":[]})"},
       "{third}"},
      {{"POST", "/contacts/addresses/", R"({"contact_id":"{contact}","city":"Pune","tags":["home"]})"}, "{address}"},
      {{"POST", "/contacts/banks/",
        R"({"contact_id":"{contact}","account_holder_name":"Asha","account_no":"12345","ifsc":"HDFC0000001",)"
        R"("tags":["t"]})"},
       "{bank}"},
      {{"POST", "/contacts/banks/",
        R"({"contact_id":"{other}","account_holder_name":"Bela","account_no":"54321","ifsc":"HDFC0000001"})"},
       "{untagged bank}"},
      {{"POST", "/contacts/addresses/", R"({"contact_id":"{other}","city":"Goa"})"}, "{untagged address}"},
      {{"POST", "/contacts/relations/", R"({"contact":"{contact}","type":"spouse","related_contact":"{other}"})"},
       "{relation}"},
  };
  Names names;
  for (const Keep& maker : makers) {
    const auto response = service.ask(token, {maker.ask.method, maker.ask.target, filled(maker.ask.body, names)});
    EXPECT_EQ(response.status, 201) << response.body;
    names[maker.name] = member(response.body, "id");
  }
  // More than a list shows of each kind; the stranger's twins of these will belong to the other contact.
  for (int i = 10; i < 20; ++i) {
    const std::string number = std::to_string(i);
    const std::pair<std::string, std::string> extras[] = {
        {"/contacts/addresses/", R"({"contact_id":"{other}","city":"Extra"})"},
        {"/contacts/banks/", R"({"contact_id":"{other}","account_holder_name":"Extra","account_no":"111)" + number +
                                 R"(","ifsc":"HDFC0000001"})"},
        {"/contacts/relations/", R"({"contact":"{third}","type":"friend","name":"Extra"})"}};
    for (const auto& [path, body] : extras) {
      EXPECT_EQ(service.ask(token, {"POST", path, filled(body, names)}).status, 201);
    }
  }
  return names;
}

/// Everything that a tenant has, as text.
inline std::string dump(const std::string& path, std::int64_t tenant) {
  std::string text;
  const auto connection = store::open_sqlite_reader({.path = path});
  for (const store::TableShape& table : store::contact_store_tables()) {
    if (table.columns.front().name != "tenant_id" || table.name == "tenants") continue;
    std::string columns;
    for (const auto& column : table.columns) columns += (columns.empty() ? "" : ", ") + column.name;
    const store::Value values[] = {tenant};
    connection->run("SELECT " + columns + " FROM " + table.name + " WHERE tenant_id = $1 ORDER BY " + columns, values,
                    [&](const store::Row& row) {
                      text += table.name;
                      for (std::size_t i = 0; i < table.columns.size(); ++i) {
                        text += '|';
                        text += row.text(static_cast<int>(i));
                      }
                      text += '\n';
                      return true;
                    });
  }
  return text;
}

/// The rows of the first tenant for the second one too, with the same ids. Then one of the two becomes the stranger: it
/// gets other contents, and rows that it alone has.
inline void make_twin(const std::string& path, std::int64_t stranger, const Names& names) {
  const auto connection = store::open_sqlite_writer({.path = path, .synchronous = false});
  connection->run_script("PRAGMA foreign_keys = OFF");
  connection->run("INSERT INTO tenants (tenant_id, name) VALUES (2, 'second')");
  for (const store::TableShape& table : store::contact_store_tables()) {
    if (table.columns.front().name != "tenant_id" || table.name == "tenants") continue;
    std::string columns, values;
    for (std::size_t i = 1; i < table.columns.size(); ++i) {
      const std::string& name = table.columns[i].name;
      columns += ", " + name;
      values += ", " + (name == "place" ? "place + (1 << 40)" : name);  // which begins with the tenant's number
    }
    connection->run("INSERT INTO " + table.name + " (tenant_id" + columns + ") SELECT 2" + values + " FROM " +
                    table.name + " WHERE tenant_id = 1");
  }
  const std::string who = std::to_string(stranger);
  const std::string his = " WHERE tenant_id = " + who;
  connection->run_script("UPDATE tenants SET name = 'x' || tenant_id; UPDATE tenants SET name = 'stranger' " + his +
                         "; UPDATE tenants SET name = 'lender-one' WHERE name <> 'stranger'");
  connection->run_script(
      "UPDATE contacts_counts SET total = total + 50" + his + "; UPDATE addresses_counts SET total = total + 50" + his +
      "; UPDATE banks_counts SET total = total + 50" + his + "; UPDATE relations_counts SET total = total + 50" + his +
      "; UPDATE namespaces_counts SET total = total + 50" + his);
  for (const std::string table : {"contacts", "addresses", "banks", "relations", "namespaces"}) {
    connection->run_script("UPDATE " + table + " SET created_by = 'stranger-one', version = version + 100" + his);
  }
  connection->run_script("UPDATE namespaces SET name = 'Strangers'" + his + " AND name = 'Retail'");
  connection->run_script("UPDATE namespaces SET approval_policy = 'four_eyes'" + his);
  connection->run_script("UPDATE namespaces SET name = 'Blank'" + his + " AND name = 'Empty'");
  const auto copy_row = [&](const std::string& table, const std::string& id, const std::string& new_id,
                            const std::string& extra) {
    connection->run_script("CREATE TEMP TABLE copied AS SELECT * FROM " + table + his + " AND id = '" + id +
                           "'; UPDATE copied SET id = '" + new_id + "', place = (SELECT MAX(place) + 1 FROM " + table +
                           his + ")" + extra + "; INSERT INTO " + table + " SELECT * FROM copied; DROP TABLE copied");
  };
  copy_row("contacts", names.at("{contact}"), "STRANGE00CONTACT", ", ref_id = 'STRANGE', name = 'Aaaa'");
  copy_row("contacts", names.at("{contact}"), "ZZZZZZZZ00CONTACT", ", ref_id = 'STRANGE2', name = 'Zzzz'");
  copy_row("addresses", names.at("{address}"), "ZZZZZZZZ00ADDRESS", "");
  copy_row("banks", names.at("{bank}"), "ZZZZZZZZ000000BANK",
           ", contact_id = '" + names.at("{other}") + "', account_no = '99999', ifsc = 'HDFC0000009'");
  copy_row("banks", names.at("{bank}"), "ZZZZZZZZ000001BANK", ", account_no = '99998'");
  copy_row(
      "relations", names.at("{relation}"), "ZZZZZZZZ00RELATION",
      ", contact = '" + names.at("{other}") + "', type = 'child', related_contact = '" + names.at("{contact}") + "'");
  copy_row("relations", names.at("{relation}"), "ZZZZZZZZ01RELATION", ", contact = 'STRANGE00CONTACT', name = 'A'");
  copy_row("contacts", names.at("{contact}"), "ZZZZZZZZ01CONTACT", ", ref_id = 'C7'");
  connection->run_script("INSERT INTO account_references (tenant_id, namespace_id, ref_id) VALUES (" + who + ", '" +
                         names.at("{namespace}") + "', 'ACC-1')");
  connection->run_script("UPDATE addresses SET contact_id = '" + names.at("{contact}") + "'" + his +
                         " AND city = 'Extra'; UPDATE banks SET contact_id = '" + names.at("{contact}") + "'" + his +
                         " AND account_holder_name = 'Extra'; UPDATE relations SET contact = '" +
                         names.at("{contact}") + "', type = 'T' || id, related_contact = '" + names.at("{other}") +
                         "'" + his + " AND name = 'Extra'");
  connection->run_script("UPDATE contacts SET type = 'corporate', namespace_id = '" + names.at("{empty}") + "'" + his +
                         " AND id = '" + names.at("{contact}") + "'");
  // The stranger's index says that others have the same identifiers.
  for (const char* twin : {"{third}", "{other}"}) {
    connection->run_script("UPDATE contacts SET props = (SELECT props FROM contacts" + his + " AND id = '" +
                           names.at("{contact}") + "')" + his + " AND id = '" + names.at(twin) + "'");
  }
  // Work and a decision of the stranger, both later than anything that will happen.
  const auto add_history = [&](const std::string& id, const std::string& action, const std::string& is_content) {
    connection->run_script(
        "INSERT INTO history (tenant_id, contact_id, id, at, made_by, request_id, action, resource, resource_id, "
        "is_content, changes) VALUES (" +
        who + ", '" + names.at("{contact}") + "', '" + id + "', 1, 'maker-one', 'r', '" + action + "', 'contact', '" +
        names.at("{contact}") + "', " + is_content + ", '[]')");
  };
  add_history("ZZZZZZZZ0000HISTORY", "update", "1");
  add_history("ZZZZZZZZ0001HISTORY", "approve", "0");
  const std::string cell = ", '" + names.at("{namespace}") + "', 'active', 'corporate', 'pending')";
  const auto add_tag = [&](const std::string& tag, const std::string& id) {
    connection->run_script(
        "INSERT INTO contacts_tags (tenant_id, tag, id, namespace_id, status, type, approval_state) "
        "VALUES (" +
        who + ", '" + tag + "', '" + id + "'" + cell);
  };
  add_tag("vip", "ZZZZZZZZ00CONTACT");
  add_tag("a", "STRANGE00CONTACT");
  add_tag("vip", names.at("{other}"));
  add_tag("a", names.at("{other}"));
  connection->run_script("INSERT INTO addresses_tags (tenant_id, tag, id) VALUES (" + who +
                         ", 'home', 'ZZZZZZZZ00ADDRESS'), (" + who + ", 'home', '" + names.at("{untagged address}") +
                         "')");
  connection->run_script("INSERT INTO banks_tags (tenant_id, tag, id) VALUES (" + who +
                         ", 't', 'ZZZZZZZZ000001BANK'), (" + who + ", 't', '" + names.at("{untagged bank}") + "')");
  connection->run_script("UPDATE contacts_counts SET namespace_id = '" + names.at("{empty}") + "'" + his +
                         " AND status = 'inactive'");
  // Kept answers of a day long gone: one of both tenants, older ones of the stranger. And one under the script's key.
  const auto keep_answer = [&](const std::string& tenant, const std::string& id, const std::string& key) {
    connection->run_script(
        "INSERT INTO idempotency (tenant_id, id, user_id, key, digest, status, location, etag, body) VALUES (" +
        tenant + ", '" + id + "', 'maker-one', '" + key + "', 'd', 201, '', '', '')");
  };
  for (const char* tenant : {"1", "2"}) keep_answer(tenant, "0000000000CCCCCCCCCCCCCCCC", "old");
  keep_answer(who, "0000000000AAAAAAAAAAAAAAAA", "older");
  keep_answer(who, "0000000000BBBBBBBBBBBBBBBB", "oldest");
  keep_answer(who, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "strange");
  // The same words in other rows: a search that shows a stranger's finds would show these.
  const auto set = [&](const std::string& table, const std::string& what, const std::string& id) {
    connection->run_script("UPDATE " + table + " SET " + what + his + " AND id = '" + names.at(id) + "'");
  };
  set("contacts", "name = 'Asha'", "{third}");
  set("addresses", "city = 'Pune'", "{untagged address}");
  set("banks", "account_holder_name = 'Asha'", "{untagged bank}");
  set("banks", "contact_id = '" + names.at("{third}") + "'", "{bank}");
  set("relations", "name = 'Extra'", "{relation}");
  copy_row("contacts", names.at("{contact}"), "01E0000000CONTACT", ", ref_id = 'EARLY'");
  connection->run_script("DELETE FROM derived_versions");
  store::prepare_search(*connection, nullptr);
}

}  // namespace contactd::api
