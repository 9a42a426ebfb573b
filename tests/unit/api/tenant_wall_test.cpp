// The wall between tenants, statement by statement. Two tenants hold rows with the same ids; a script of requests runs
// as one of them. Then the script runs again for each `tenant_id = $1` of each statement that it runs, with just that
// condition taken out: the answers, or the other tenant's rows, must come out different each time. A statement whose
// wall could be removed unnoticed fails the test, by its text.
#include <fstream>
#include <map>
#include <set>

#include "store/schema.hpp"
#include "support.hpp"

namespace contactd::api {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view wall = "tenant_id = $1";

/// One condition of one statement, by the statement's text and where in it the condition stands.
struct Mutant {
  std::string sql;
  std::size_t at;
  bool operator<(const Mutant& other) const { return std::tie(sql, at) < std::tie(other.sql, other.at); }
};

/// What the connections under test share: the statements that ran, and the one that is to be changed.
struct Watch {
  std::mutex mutex;
  bool recording = false;  ///< Off while a store opens, which looks at all tenants in turn.
  std::set<Mutant> seen;
  std::optional<Mutant> mutant;
};

class WatchedConnection final : public store::Connection {
 public:
  WatchedConnection(std::unique_ptr<Connection> inner, Watch& watch) : inner_(std::move(inner)), watch_(watch) {}

  std::int64_t run(std::string_view sql, std::span<const store::Value> values, store::RowVisitor visit) override {
    for (auto at = sql.find(wall); at != std::string_view::npos; at = sql.find(wall, at + 1)) {
      const std::lock_guard lock(watch_.mutex);
      if (!watch_.recording) break;
      watch_.seen.insert({std::string(sql), at});
    }
    if (!watch_.mutant || watch_.mutant->sql != sql) return inner_->run(sql, values, visit);
    std::string changed(sql);
    // From the table's name on: `contacts.tenant_id = $1` becomes `$1 = $1`.
    const auto start = changed.find_last_of(" (", watch_.mutant->at) + 1;
    changed.replace(start, watch_.mutant->at + wall.size() - start, "$1 = $1");
    return inner_->run(changed, values, visit);
  }
  void run_script(const std::string& sql) override { inner_->run_script(sql); }
  void begin_read() override { inner_->begin_read(); }
  void begin_write() override { inner_->begin_write(); }
  void commit() override { inner_->commit(); }
  void rollback() override { inner_->rollback(); }
  bool in_transaction() const override { return inner_->in_transaction(); }
  void checkpoint_if_due() override { inner_->checkpoint_if_due(); }

 private:
  std::unique_ptr<Connection> inner_;
  Watch& watch_;
};

/// A clock that ticks a millisecond a look, and no randomness: the same requests give the same ids.
StampSource predictable_stamps(std::int64_t start) {
  auto time = std::make_shared<std::int64_t>(start);
  return StampSource([time] { return Time{*time += 1'000}; }, [] { return std::uint64_t{0}; });
}

store::StoreSettings settings_for(const std::string& path, Watch& watch) {
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

std::string filled(std::string text, const Names& names) {
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
Names make_first_rows(TestService& service, const std::string& token) {
  const Keep makers[] = {
      {{"POST", "/namespaces/", R"({"name":"Retail"})"}, "{namespace}"},
      {{"POST", "/namespaces/", R"({"name":"Empty"})"}, "{empty}"},
      {{"POST", "/contacts/",
        R"({"name":"Asha","namespace":"Retail","status":"active","type":"individual","ref_id":"R-1",)"
        R"("tags":["vip","a"],"rm_id":"rm1","branch_id":"b1",)"
        R"("props":[{"key":"pan","type":"text","value":"AFZPK7190K"}]})"},
       "{contact}"},
      {{"POST", "/contacts/",
        R"({"name":"Bela","namespace":"Retail","status":"inactive","type":"corporate","ref_id":"R-2",)"
        R"("rm_id":"rm1","props":[]})"},
       "{other}"},
      {{"POST", "/contacts/",
        R"({"name":"Chand","namespace":"Retail","status":"active","type":"individual","props":[]})"},
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

/// Every kind of request once, so that every statement runs; some name what the other tenant alone has.
const std::vector<Ask>& script() {
  static const std::vector<Ask> asks = {
      {"GET", "/namespaces/"},
      {"GET", "/namespaces/{namespace}/"},
      {"GET", "/namespaces/?ordering=name&page_size=1"},
      {"GET", "/namespaces/?ordering=-updated_at&page=2&page_size=1"},
      {"GET", "/contacts/{contact}/"},
      {"GET", "/contacts/{contact}/props/"},
      {"GET", "/contacts/"},
      {"GET", "/contacts/?page_size=1&page=2"},
      {"GET", "/contacts/?ordering=name"},
      {"GET", "/contacts/?ordering=name&page=2&page_size=1"},
      {"GET", "/contacts/?namespace=Retail&status=active"},
      {"GET", "/contacts/?namespace=Strangers"},
      {"GET", "/contacts/?status=active"},
      {"GET", "/contacts/?status=active&type=individual&approval=pending&page_size=5"},
      {"GET", "/contacts/?tags=vip"},
      {"GET", "/contacts/?tags=vip&page=2&page_size=1"},
      {"GET", "/contacts/?tags=vip,a"},
      {"GET", "/contacts/?tags=vip,a&ordering=name"},
      {"GET", "/contacts/?tags=vip&status=active"},
      {"GET", "/contacts/?tags=vip,a&rm_id=rm1"},
      {"GET", "/contacts/?tags=vip&rm_id=rm1&ordering=updated_at"},
      {"GET", "/contacts/?tags=vip&status=inactive"},
      {"GET", "/contacts/?rm_id=rm1"},
      {"GET", "/contacts/?branch_id=b1&status=active"},
      {"GET", "/contacts/?ref_id=R-1"},
      {"GET", "/contacts/?created_at_after=2020-01-01&created_at_before=2099-01-01"},
      {"GET", "/contacts/addresses/"},
      {"GET", "/contacts/addresses/{address}/"},
      {"GET", "/contacts/addresses/?contact={contact}"},
      {"GET", "/contacts/addresses/?tags=home"},
      {"GET", "/contacts/banks/?is_verified=false&tags=t"},
      {"GET", "/contacts/banks/?contact={contact}"},
      {"GET", "/contacts/banks/{bank}/"},
      {"GET", "/contacts/relations/{relation}/"},
      {"GET", "/contacts/relations/?related_contact={other}&type=spouse"},
      {"GET", "/contacts/relations/?ordering=name"},
      {"GET", "/contacts/?expand=props,addresses,banks,relations,namespace"},
      {"GET", "/contacts/{contact}/?expand=addresses,banks,relations,namespace"},
      {"GET", "/contacts/?status=active&expand=addresses,banks,relations"},
      {"GET", "/contacts/?status=inactive&expand=relations"},
      {"GET", "/contacts/addresses/{address}/?expand=contact"},
      {"GET", "/contacts/relations/?expand=contact,related_contact"},
      {"POST", "/contacts/dedupe/", R"({"contact":"{contact}","threshold":0})"},
      {"POST", "/contacts/dedupe/",
       R"({"threshold":0,"namespace":"Retail","props":[{"key":"pan","type":"text","value":"AFZPK7190K"}],)"
       R"("addresses":[{"city":"Pune"}],"banks":[{"account_no":"12345","ifsc":"HDFC0000001"}]})"},
      // what the other tenant alone has
      {"GET", "/contacts/{strange contact}/"},
      {"POST", "/contacts/dedupe/", R"({"contact":"{strange contact}"})"},
      {"POST", "/contacts/addresses/", R"({"contact_id":"{strange contact}"})"},
      {"POST", "/contacts/relations/",
       R"({"contact":"{contact}","type":"friend","related_contact":"{strange contact}"})"},
      {"POST", "/contacts/",
       R"({"name":"New","namespace":"Strangers","status":"active","type":"individual","props":[]})"},
      {"POST", "/contacts/",
       R"({"name":"New","namespace":"Retail","status":"active","type":"individual","props":[],"ref_id":"STRANGE"})"},
      {"POST", "/namespaces/", R"({"name":"Strangers"})"},
      {"POST", "/contacts/banks/",
       R"({"contact_id":"{other}","account_holder_name":"B","account_no":"99999","ifsc":"HDFC0000009"})"},
      {"POST", "/contacts/relations/", R"({"contact":"{other}","type":"child","related_contact":"{contact}"})"},
      {"POST",
       "/contacts/",
       R"({"name":"Kept","namespace":"Retail","status":"active","type":"individual","props":[]})",
       {{"Idempotency-Key", "strange"}}},
      // changes
      {"PUT", "/contacts/{contact}/approve/"},
      {"PATCH", "/namespaces/{namespace}/",
       R"({"contact_counter":7,"contact_pattern":"C{counter}","account_pattern":"ACC-{counter}",)"
       R"("approval_policy":"four_eyes"})"},
      {"POST", "/contacts/", R"({"name":"New","namespace":"Retail","status":"active","type":"individual","props":[]})"},
      {"POST", "/namespaces/{namespace}/account_refs/"},
      {"PUT", "/contacts/{contact}/reject/", R"({"reason":"no work since"})"},
      {"PATCH", "/contacts/addresses/{address}/", R"({"city":"Thane"})"},
      {"PUT", "/contacts/{contact}/approve/"},
      {"PATCH", "/contacts/{contact}/", R"({"tags":["vip","b"],"ref_id":"R-9","status":"inactive"})"},
      {"PUT", "/contacts/{other}/active/"},
      {"PUT", "/contacts/{contact}/props/gst/", R"({"value":"1","type":"number"})"},
      {"PATCH", "/contacts/addresses/{address}/", R"({"city":"Nagpur","tags":[]})"},
      {"PATCH", "/contacts/banks/{bank}/", R"({"is_verified":true})"},
      {"PATCH", "/contacts/relations/{relation}/", R"({"type":"friend"})"},
      {"DELETE", "/contacts/{contact}/props/"},
      {"DELETE", "/contacts/relations/{relation}/"},
      {"DELETE", "/contacts/banks/{bank}/"},
      {"DELETE", "/contacts/addresses/{address}/"},
      {"DELETE", "/namespaces/{namespace}/"},
      {"DELETE", "/namespaces/{empty}/"},
      {"GET", "/contacts/"},
      {"GET", "/contacts/?status=inactive"},
      {"GET", "/namespaces/"},
      {"GET", "/contacts/{contact}/history/"},
      {"GET", "/contacts/{contact}/history/?page=2&page_size=1&action=update&created_at_after=2020-01-01"},
  };
  return asks;
}

/// Everything that a tenant has, as text.
std::string dump(const std::string& path, std::int64_t tenant) {
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
void make_twin(const std::string& path, std::int64_t stranger, const Names& names) {
  const auto connection = store::open_sqlite_writer({.path = path, .synchronous = false});
  connection->run_script("PRAGMA foreign_keys = OFF");
  connection->run("INSERT INTO tenants (tenant_id, name) VALUES (2, 'second')");
  for (const store::TableShape& table : store::contact_store_tables()) {
    if (table.columns.front().name != "tenant_id" || table.name == "tenants") continue;
    std::string columns;
    for (std::size_t i = 1; i < table.columns.size(); ++i) columns += ", " + table.columns[i].name;
    connection->run("INSERT INTO " + table.name + " (tenant_id" + columns + ") SELECT 2" + columns + " FROM " +
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
                           "'; UPDATE copied SET id = '" + new_id + "'" + extra + "; INSERT INTO " + table +
                           " SELECT * FROM copied; DROP TABLE copied");
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
  // The stranger's index says that others have the same identifiers.
  connection->run_script("INSERT INTO dedupe_keys SELECT tenant_id, key, '" + names.at("{third}") +
                         "', 'twin' FROM dedupe_keys" + his + " AND row_id <> 'twin'");
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
}

struct Outcome {
  std::string answers;
  std::string own_rows;
  std::string stranger_rows;
  bool operator==(const Outcome&) const = default;
};

class TenantWall : public testing::Test {
 protected:
  /// Runs the script as lender-one on a fresh copy of the prepared file.
  Outcome run_script_on(const std::string& prepared, std::int64_t stranger, std::optional<Mutant> mutant) {
    const std::string path = folder_.file("run.db");
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(path + end);
    fs::copy_file(prepared, path);
    watch_.mutant = std::move(mutant);
    Outcome outcome;
    {
      TestService service(settings_for(path, watch_));
      watch_.recording = true;
      const std::string token = TestService::token("lender-one");
      for (const Ask& ask : script()) {
        const auto response =
            service.ask(token, {ask.method, filled(ask.target, names_), filled(ask.body, names_), ask.headers});
        outcome.answers += ask.method + " " + ask.target + " " + std::to_string(response.status) + " " +
                           without_cursor(response.body) + "\n";
      }
    }
    watch_.mutant.reset();
    watch_.recording = false;
    outcome.own_rows = dump(path, 3 - stranger);
    outcome.stranger_rows = dump(path, stranger);
    return outcome;
  }

  /// A cursor is signed over the tenant's own rows, and so tells of nobody else's; only that there is one matters.
  static std::string without_cursor(std::string body) {
    const auto at = body.find("\"next_cursor\":\"");
    return at == std::string::npos ? body : body.erase(at, body.find('"', at + 15) - at);
  }

  std::string prepare(std::int64_t stranger) {
    const std::string path = folder_.file("prepared" + std::to_string(stranger) + ".db");
    Watch unused;
    auto settings = settings_for(path, unused);
    settings.stamps = predictable_stamps(1'700'000'000'000'000);
    {
      TestService service(std::move(settings));
      names_ = make_first_rows(service, TestService::token("lender-one"));
      names_["{strange contact}"] = "STRANGE00CONTACT";
    }
    fs::copy_file(path, folder_.file("alone.db"), fs::copy_options::overwrite_existing);
    make_twin(path, stranger, names_);
    return path;
  }

  TemporaryFolder folder_;
  Watch watch_;
  Names names_;
};

TEST_F(TenantWall, EveryStatementNeedsItsTenant) {
  const std::string first = prepare(1), second = prepare(2);
  const Outcome right_first = run_script_on(first, 1, std::nullopt);
  const Outcome right_second = run_script_on(second, 2, std::nullopt);
  const Outcome alone = run_script_on(folder_.file("alone.db"), 2, std::nullopt);
  ASSERT_EQ(right_first.answers, alone.answers) << "a stranger with the same ids shows in the answers";
  ASSERT_EQ(right_second.answers, alone.answers) << "a stranger with the same ids shows in the answers";
  EXPECT_EQ(right_first.stranger_rows, dump(first, 1)) << "the stranger's rows were changed";
  EXPECT_EQ(right_second.stranger_rows, dump(second, 2)) << "the stranger's rows were changed";
  EXPECT_EQ(alone.answers.find(" 500 "), std::string::npos) << alone.answers;

  const std::set<Mutant> mutants = watch_.seen;
  EXPECT_GT(mutants.size(), 80U) << "the script no longer runs every statement";
  std::size_t caught = 0;
  for (const Mutant& mutant : mutants) {
    const bool noticed =
        !(run_script_on(first, 1, mutant) == right_first) || !(run_script_on(second, 2, mutant) == right_second);
    EXPECT_TRUE(noticed) << "the wall at byte " << mutant.at << " could be removed unnoticed:\n" << mutant.sql;
    caught += noticed ? 1 : 0;
  }
  RecordProperty("mutants", static_cast<int>(mutants.size()));
  std::printf("%zu of %zu removed walls were noticed\n", caught, mutants.size());
}

}  // namespace
}  // namespace contactd::api
