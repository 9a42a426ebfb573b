// One request as the application sees it once it is routed and its caller is known, and what may become of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/problem.hpp"
#include "http/message.hpp"
#include "http/url.hpp"
#include "resource/json_document.hpp"
#include "store/session.hpp"

namespace contactd::api {

class Application;

/// The text of an answer, or how it will be made: after the commit, off the writer.
class ReplyBody {
 public:
  ReplyBody() = default;
  ReplyBody(std::string text) : text_(std::move(text)) {}
  template <class Make>
  requires std::is_invocable_r_v<std::string, Make&> ReplyBody(Make make) : make_(std::move(make)) {}

  bool is_empty() const { return !text_ && !make_; }
  /// The text, where it is there already.
  const std::string* text() const { return text_ ? &*text_ : nullptr; }
  /// Once.
  std::string take() { return text_ ? std::move(*text_) : make_(); }

 private:
  std::optional<std::string> text_;
  std::function<std::string()> make_;
};

/// What an answer will be.
struct Reply {
  int status = 200;
  std::int64_t version = 0;  ///< Of the resource; 0: the answer bears no ETag.
  std::string location = {};
  ReplyBody body = {};
  std::string_view content_type = "application/json";
  std::string_view cache_control = "no-store";
  std::vector<std::pair<std::string_view, std::string_view>> headers = {};  ///< Further ones, all of static storage.
};

using ReadWork = std::function<Reply(store::Session&)>;
using WriteWork = std::function<Reply(store::WriteSession&)>;

/// What a handler made of a request without touching the store: an answer at once, or work for the store.
struct Plan {
  std::variant<Reply, ReadWork, WriteWork> work;
  bool long_read = false;  ///< A read whose cost grows with the number of rows.
  bool keep = false;       ///< Its answer is a text that may be given again while the tenant's data stay as they are.
};

/// The body, parsed; or why it is no JSON.
using Body = std::variant<resource::JsonDocument, resource::JsonError>;

struct Call {
  const http::Request& request;
  const http::Target& target;
  const Application& application;
  store::Caller caller;
  std::uint8_t scopes = 0;  ///< As in auth::Principal.
  std::vector<std::string> path_values =
      {};          ///< What stood for `{id}` and `{key}`, in order; a key's white space folded.
  Body body = {};  ///< `{}` when none was sent.

  const std::string& id() const { return path_values.front(); }
  /// Violations for every parameter that is not known here.
  Violations unknown_parameters(std::initializer_list<std::string_view> known = {}) const;
  /// All values of a parameter, repeated or comma separated; white space folded, empty and repeated ones passed over.
  std::vector<std::string> several(std::string_view parameter) const;
  /// Throws a Problem for parameters where none are taken.
  void refuse_parameters() const;
};

/// The refusal that stands for a resource that the tenant does not have, whatever the reason.
[[noreturn]] inline void refuse_not_found() {
  throw Problem(problem_kind("not_found"));
}

/// `invalid_json` with the byte offset in its detail.
Problem json_problem(const resource::JsonError& error);

}  // namespace contactd::api
