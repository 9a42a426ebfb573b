// The service for the power-cut test: runs as the only process of a simulated machine, says what its store holds, then
// writes until the power goes, and reports each acknowledged write on its console.
//
//   power_cut_server --synchronous on|off --writers yes|no
//
// Prints "KEPT id" for each contact found, "CHECK ok" or what is wrong, then "ACK id" for each contact acknowledged.
// Without writers it ends, and the machine with it.
#include <sys/mount.h>
#include <sys/reboot.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "api/application.hpp"
#include "auth/issuer.hpp"
#include "auth/keys.hpp"

namespace contactd {
namespace {

constexpr const char* disk = "/dev/ubda";
constexpr const char* data_folder = "/data";
constexpr unsigned writers = 4;

struct Options {
  bool synchronous = true;
  bool writes = false;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::string_view(argv[i]) == "--synchronous") options.synchronous = std::string_view(argv[i + 1]) != "off";
    if (std::string_view(argv[i]) == "--writers") options.writes = std::string_view(argv[i + 1]) == "yes";
  }
  return options;
}

/// One line in one write, so that lines of several threads do not mix and none waits in a buffer.
void say(const std::string& word, const std::string& rest) {
  const std::string line = word + " " + rest + "\n";
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::abort();
}

store::StoreSettings store_settings(bool synchronous) {
  store::StoreSettings settings;
  settings.sqlite.path = std::string(data_folder) + "/contacts.db";
  settings.sqlite.synchronous = synchronous;
  return settings;
}

class Service {
 public:
  explicit Service(bool synchronous)
      : store_(store_settings(synchronous)),
        verifier_(std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret())), auth::TokenRules{}),
        application_({}, store_, verifier_, log_),
        authorization_("Bearer " + auth::issue_token({.tenant = std::string(caller().tenant),
                                                      .user = std::string(caller().user),
                                                      .scopes = auth::all_scopes()},
                                                     secret(), std::time(nullptr))) {}

  http::Response post(const std::string& path, std::string body) {
    http::Request request;
    request.method = "POST";
    request.target = path;
    request.headers = {{"Authorization", authorization_}, {"Content-Type", "application/json"}};
    request.content_length = body.size();
    request.body = std::move(body);
    return application_.answer_now(request);
  }

  /// Tells what is kept, and whether all that belongs together is there.
  void report() {
    store_.read(caller(), [](store::Session& session) {
      session.run("SELECT id FROM contacts WHERE tenant_id = $1", session.values(), [](const store::Row& row) {
        say("KEPT", std::string(row.text(0)));
        return true;
      });
      const auto number = [&](std::string_view sql) {
        return session.first_integer(sql, session.values()).value_or(0);
      };
      const auto rows = number("SELECT COUNT(*) FROM contacts WHERE tenant_id = $1");
      std::string wrong = session.first_text("PRAGMA integrity_check", store::Values{}).value_or("no answer");
      if (session.first_text("PRAGMA foreign_key_check", store::Values{})) wrong = "foreign_key_check";
      if (number("SELECT SUM(total) FROM contacts_counts WHERE tenant_id = $1") != rows) wrong = "counts";
      if (number("SELECT COUNT(*) FROM contacts_tags WHERE tenant_id = $1") != 2 * rows) wrong = "tags";
      if (number("SELECT COUNT(*) FROM contacts WHERE tenant_id = $1 AND props LIKE '%one%two%'") != rows) {
        wrong = "props";
      }
      say("CHECK", wrong);
    });
    store_.release_snapshot();
  }

  void write_until_the_end() {
    if (const int status = post("/namespaces/", R"({"name":"Vayana"})").status; status != 201 && status != 409) {
      return say("TROUBLE", std::to_string(status));
    }
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < writers; ++i) {
      threads.emplace_back([this, i] { write_as(i); });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  static std::string secret() { return std::string(32, 's'); }
  static const store::Caller& caller() {
    static const store::Caller tester{"tenant-one", "user-one1", "power-cut"};
    return tester;
  }

  void write_as(unsigned writer) {
    constexpr std::uint64_t writes_max = 1'000'000;  // The power goes long before.
    for (std::uint64_t i = 0; i < writes_max; ++i) {
      const http::Response answer =
          post("/contacts/", R"({"name":"Person )" + std::to_string(writer) + " " + std::to_string(i) +
                                 R"(","namespace":"Vayana","status":"active","type":"individual","tags":["a","b"],)"
                                 R"("props":[{"key":"one","type":"text","value":"1"},)"
                                 R"({"key":"two","type":"text","value":"2"}]})");
      if (answer.status != 201) return say("TROUBLE", answer.body);
      const auto at = answer.body.find(R"("id":")") + 6;
      say("ACK", answer.body.substr(at, 26));
    }
  }

  Log log_{-1};
  store::Store store_;
  auth::TokenVerifier verifier_;
  api::Application application_;
  std::string authorization_;
};

int run(const Options& options) {
  if (::mount(disk, data_folder, "ext4", 0, nullptr) != 0) {
    std::perror("mount");
    return EXIT_FAILURE;
  }
  try {
    Service service(options.synchronous);
    service.report();
    if (options.writes) service.write_until_the_end();
  } catch (const std::exception& error) {
    say("TROUBLE", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace contactd

int main(int argc, char** argv) {
  if (::getpid() != 1) {
    std::fputs("this program is the first process of a simulated machine; see power_cut.py\n", stderr);
    return EXIT_FAILURE;
  }
  contactd::run(contactd::read_options(argc, argv));
  ::sync();
  return ::reboot(RB_POWER_OFF);
}
