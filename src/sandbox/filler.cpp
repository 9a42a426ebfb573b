// One application, several threads that ask it, and what is known of each contact in between.
#include "sandbox/filler.hpp"

#include <atomic>
#include <ctime>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "api/application.hpp"
#include "auth/issuer.hpp"
#include "auth/keys.hpp"
#include "resource/json_document.hpp"

namespace contactd::sandbox {
namespace {

/// Nobody outside ever sees a token of this run: the secret need not be secret, and is none of the store's.
const std::string& secret() {
  static const std::string bytes(auth::KeySet::secret_bytes_min, 's');
  return bytes;
}

std::string replaced(std::string text, std::string_view placeholder, const std::string& with) {
  for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at + with.size())) {
    text.replace(at, placeholder.size(), with);
  }
  return text;
}

std::string member(const std::string& json, std::string_view name) {
  const auto parsed = resource::JsonDocument::parse(json);
  const auto* document = std::get_if<resource::JsonDocument>(&parsed);
  const auto found = document == nullptr ? std::nullopt : document->root().find(name);
  return found ? std::string(found->text()) : std::string{};
}

/// Runs `work` for each index below `count`, on several threads. What one throws stops them all and is thrown.
void for_each_index(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr trouble;
  const auto run = [&] {
    try {
      for (std::size_t index = next++; index < count; index = next++) work(index);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!trouble) trouble = std::current_exception();
    }
  };
  std::vector<std::thread> all;
  for (std::size_t i = 0; i < std::min(count, threads); ++i) all.emplace_back(run);
  for (std::thread& thread : all) thread.join();
  if (trouble) std::rethrow_exception(trouble);
}

class Filler {
 public:
  Filler(store::Store& store, const Plan& plan, const FillSettings& settings, const Progress& progress)
      : store_(store),
        plan_(plan),
        settings_(settings),
        progress_(progress),
        steps_(plan.request_count()),
        verifier_(std::make_shared<auth::FixedKeys>(auth::KeySet::from_dev_secret(secret())), auth::TokenRules{}),
        application_({}, store, verifier_, log_),
        known_(plan.contacts.size()) {
    add_token(namespace_keeper, "namespaces:write");
    for (const std::string& user : makers()) add_token(user, "contacts:read contacts:write");
    for (const std::string& user : checkers()) add_token(user, "contacts:read contacts:approve");
  }

  Summary fill() {
    for (const Step& step : plan_.namespaces) take(step, "sandbox." + step.user, {}, {});
    each_contact([this](std::size_t index) { make_contact(index); });
    each_contact([this](std::size_t index) { take_all(index, plan_.contacts[index].relations); });
    return {contacts_made_, requests_made_};
  }

 private:
  struct Known {
    std::string id;
    std::set<std::string> done;  ///< Request ids in the history, when the contact was there before this run.
  };

  void add_token(const std::string& user, const char* scopes) {
    authorizations_[user] =
        "Bearer " +
        auth::issue_token({.tenant = settings_.tenant, .user = user, .scopes = scopes, .ttl_seconds = 86'400}, secret(),
                          std::time(nullptr));
  }
  void each_contact(const std::function<void(std::size_t)>& work) {
    for_each_index(plan_.contacts.size(), settings_.threads, [&](std::size_t index) {
      work(index);
      store_.release_snapshot();
    });
  }

  http::Response ask(const Step& step, const std::string& path, const std::string& body,
                     const std::string& request_id) {
    http::Request request;
    request.method = step.method;
    request.target = path;
    request.headers = {{"Authorization", authorizations_.at(step.user)}, {"X-Request-Id", request_id}};
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    if (!body.empty()) request.content_length = body.size();
    request.body = body;
    return application_.answer_now(request);
  }

  /// Gives the answer; one that says that it is there already is as good as any.
  http::Response take(const Step& step, const std::string& request_id, const std::string& id,
                      const std::string& other) {
    const auto filled_in = [&](const std::string& text) {
      return replaced(replaced(text, "{id}", id), "{other}", other);
    };
    http::Response answer = ask(step, filled_in(step.path), filled_in(step.body), request_id);
    const bool is_there = answer.status == 409 && member(answer.body, "code") == "already_exists";
    if (answer.status >= 300 && !is_there) {
      throw std::runtime_error("the sandbox's " + step.method + " " + step.path + " (" + step.mark + ") was answered " +
                               std::to_string(answer.status) + " " + answer.body);
    }
    if (!is_there) ++requests_made_;
    advance();
    return answer;
  }

  static std::string request_id_of(std::size_t index, const Step& step) {
    return "sandbox." + std::to_string(index) + "." + step.mark;
  }

  void make_contact(std::size_t index) {
    const PlannedContact& contact = plan_.contacts[index];
    const http::Response answer = take(contact.create, request_id_of(index, contact.create), {}, {});
    Known& known = known_[index];
    known.id = member(answer.body, answer.status == 409 ? "existing_id" : "id");
    if (answer.status == 409) {
      known.done = requests_in_history(known.id);
    } else {
      ++contacts_made_;
    }
    take_all(index, contact.steps);
  }

  void take_all(std::size_t index, const std::vector<Step>& steps) {
    const Known& known = known_[index];
    for (const Step& step : steps) {
      const std::string request_id = request_id_of(index, step);
      if (known.done.contains(request_id)) {
        advance();
      } else {
        take(step, request_id, known.id, step.other ? known_[*step.other].id : std::string{});
      }
    }
  }

  /// The oldest entries: this is the first that ever happened to the contact.
  std::set<std::string> requests_in_history(const std::string& id) {
    const Step step{"history", checkers().front(), "GET", "", ""};
    const http::Response answer =
        ask(step, "/contacts/" + id + "/history/?ordering=created_at&page_size=100", "", "sandbox.look");
    const auto parsed = resource::JsonDocument::parse(answer.body);
    const auto* document = std::get_if<resource::JsonDocument>(&parsed);
    const auto results = document == nullptr ? std::nullopt : document->root().find("results");
    if (answer.status != 200 || !results) throw std::runtime_error("a history was answered " + answer.body);
    std::set<std::string> found;
    for (const resource::JsonValue entry : *results) {
      if (const auto request_id = entry.find("request_id")) found.emplace(request_id->text());
    }
    return found;
  }

  void advance() {
    const std::size_t done = ++done_;
    const std::lock_guard lock(progress_mutex_);
    if (done <= shown_) return;  // a later one was faster
    shown_ = done;
    progress_(done, steps_);
  }

  store::Store& store_;
  const Plan& plan_;
  const FillSettings& settings_;
  const Progress& progress_;
  std::size_t steps_;
  Log log_{-1};
  auth::TokenVerifier verifier_;
  api::Application application_;
  std::map<std::string, std::string> authorizations_;
  std::vector<Known> known_;
  std::atomic<std::size_t> contacts_made_{0}, requests_made_{0}, done_{0};
  std::mutex progress_mutex_;
  std::size_t shown_ = 0;
};

}  // namespace

Summary fill(store::Store& store, const Plan& plan, const FillSettings& settings, const Progress& progress) {
  return Filler(store, plan, settings, progress).fill();
}

}  // namespace contactd::sandbox
