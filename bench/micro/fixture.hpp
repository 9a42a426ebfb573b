// What benchmarks of several rooms work on: a filled service, made when the first of them runs, and a contact of it.
#pragma once

#include "contacts.hpp"
#include "folder.hpp"
#include "model/contact.hpp"

namespace contactd::bench {

class Fixture {
 public:
  static constexpr std::size_t contacts = 2'000;

  /// The one that is only read, so that the same requests have the same answers whatever else ran.
  static Fixture& get();
  /// Another one for benchmarks that write.
  static Fixture& written_to();
  Service& service() { return service_; }
  /// Of a contact in the middle.
  const std::string& id() const { return id_; }
  /// A body to create a contact with; its `ref_id` is free.
  std::string free_body() { return contacts_.next(); }
  /// The contact of that id, as it is kept.
  model::Contact contact();

 private:
  explicit Fixture(const std::string& name);
  Folder folder_;
  Service service_;
  Contacts contacts_;
  std::string id_;
};

}  // namespace contactd::bench
