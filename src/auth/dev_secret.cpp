// The file of the development secret: made once, whole and private, whoever comes first.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "auth/base64url.hpp"
#include "auth/cursor.hpp"
#include "auth/error.hpp"
#include "auth/file.hpp"
#include "auth/issuer.hpp"

namespace contactd::auth {
namespace {

constexpr std::size_t file_bytes_max = 4096;
constexpr mode_t open_to_others = S_IRWXG | S_IRWXO;

void write_all(int file, std::string_view text, const std::filesystem::path& path) {
  while (!text.empty()) {
    const ssize_t size = write(file, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw SetupError(file_trouble(path));
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

/// Makes a name for the complete file; it is taken away again when this goes, the file's final name stays.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::filesystem::path& beside)
      : name_(beside.string() + ".XXXXXX"), file_(mkostemp(name_.data(), O_CLOEXEC)) {  // mode 0600
    if (!file_.ok()) throw SetupError(file_trouble(beside));
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { unlink(name_.c_str()); }
  const std::string& name() const { return name_; }
  int get() const { return file_.get(); }

 private:
  std::string name_;
  Descriptor file_;
};

void sync_folder(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.ok() || fsync(opened.get()) != 0) throw SetupError(file_trouble(folder));
}

void create(const std::filesystem::path& path) {
  const TemporaryFile temporary(path);
  write_all(temporary.get(), base64url_encode(random_key()) + "\n", path);
  if (fsync(temporary.get()) != 0) throw SetupError(file_trouble(path));
  // link, not rename: it fails when another process was first, and then that one's secret holds.
  if (link(temporary.name().c_str(), path.c_str()) != 0 && errno != EEXIST) throw SetupError(file_trouble(path));
  sync_folder(path);
}

}  // namespace

std::string load_or_create_dev_secret(const std::filesystem::path& path) {
  if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) create(path);
  const FileContent file = read_file(path, file_bytes_max);
  if ((file.status.st_mode & open_to_others) != 0) {
    throw SetupError(path.string() +
                     ": others than its owner may open it; make it private (chmod 600), or delete it to "
                     "have a new one made");
  }
  std::string_view text = file.text;
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  auto secret = base64url_decode(text);
  if (!secret) throw SetupError(path.string() + ": not base64url without padding");
  if (secret->size() < KeySet::secret_bytes_min) throw SetupError(path.string() + ": the secret is under 32 bytes");
  return *std::move(secret);
}

}  // namespace contactd::auth
