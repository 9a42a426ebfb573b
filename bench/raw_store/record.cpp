// Two stores: one is left empty, the other one is written to and thrown away.
#include "record.hpp"

#include "contacts.hpp"

namespace contactd::bench {
namespace {

constexpr const char* recorded_store = "recorded.db";

store::StoreSettings settings_for(const std::string& path, bool synchronous) {
  store::StoreSettings settings;
  settings.sqlite.path = path;
  settings.sqlite.synchronous = synchronous;
  settings.long_read_threads = 1;
  return settings;
}

/// With the settings that the service has for its writer: the first connection that a store opens.
void make_empty_store(const std::string& path, Recording& recording) {
  auto settings = settings_for(path, true);
  settings.wrap = [&recording](std::unique_ptr<store::Connection> connection) {
    if (recording.pragmas.empty()) read_pragmas(*connection, recording);
    return connection;
  };
  Service service(std::move(settings));
  make_namespaces(service);
}

}  // namespace

Recording record_creates(Folder& folder, std::size_t count) {
  Recording recording;
  make_empty_store(folder.file(empty_store), recording);
  std::filesystem::copy_file(folder.file(empty_store), folder.file(recorded_store));
  auto settings = settings_for(folder.file(recorded_store), false);
  settings.wrap = [&recording](std::unique_ptr<store::Connection> connection) {
    return std::make_unique<RecordingConnection>(std::move(connection), recording);
  };
  {
    Service service(std::move(settings));
    recording.creates.reserve(count);
    recording.on = true;
    Contacts contacts;
    for (std::size_t i = 0; i < count; ++i) service.make("/contacts/", contacts.next());
  }
  recording.on = false;
  folder.remove_database(recorded_store);  // at once: nobody should wait for its pages to reach the disk
  if (recording.creates.size() != count) throw std::runtime_error("a create took more than one transaction");
  return recording;
}

}  // namespace contactd::bench
