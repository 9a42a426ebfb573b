// One tar archive among the program's constants: the assembler takes the file in, so that nothing is generated.
#include "web/archive.hpp"

#include <charconv>
#include <stdexcept>
#include <vector>

asm(R"(
  .section .rodata
  .balign 16
  .globl contactd_web_archive_begin
contactd_web_archive_begin:
  .incbin "web.tar"
  .globl contactd_web_archive_end
contactd_web_archive_end:
  .byte 0
  .text
)");

extern "C" const char contactd_web_archive_begin[];
extern "C" const char contactd_web_archive_end[];

namespace contactd::web {
namespace {

constexpr std::size_t block_bytes = 512;  // Of tar: headers and contents begin at multiples of it.
constexpr std::size_t size_offset = 124;
constexpr std::size_t size_digits = 11;
constexpr std::size_t name_bytes = 100;

std::size_t size_in(std::string_view header) {
  const std::string_view digits = header.substr(size_offset, size_digits);
  std::size_t bytes = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bytes, 8);
  if (error != std::errc() || end != digits.data() + digits.size()) throw std::runtime_error("web archive: no size");
  return bytes;
}

std::vector<PackedFile> read_archive() {
  std::string_view rest(contactd_web_archive_begin,
                        static_cast<std::size_t>(contactd_web_archive_end - contactd_web_archive_begin));
  std::vector<PackedFile> files;
  while (rest.size() >= block_bytes && rest.front() != '\0') {
    const std::string_view header = rest.substr(0, block_bytes);
    const std::size_t bytes = size_in(header);
    const std::size_t blocks = (bytes + block_bytes - 1) / block_bytes;
    if (rest.size() / block_bytes < 1 + blocks) throw std::runtime_error("web archive: cut off");
    const std::string_view name = header.substr(0, name_bytes);
    files.push_back({name.substr(0, name.find('\0')), rest.substr(block_bytes, bytes)});
    rest.remove_prefix((1 + blocks) * block_bytes);
  }
  return files;
}

}  // namespace

std::span<const PackedFile> packed_files() {
  static const std::vector<PackedFile> files = read_archive();
  return files;
}

const PackedFile* find_packed_file(std::string_view name) {
  for (const PackedFile& file : packed_files()) {
    if (file.name == name) return &file;
  }
  return nullptr;
}

}  // namespace contactd::web
