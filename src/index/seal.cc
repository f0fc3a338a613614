#include "index/seal.h"

#include <fmt/format.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "support/error.h"
#include "support/files.h"
#include "support/hash.h"

namespace kalima::index {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view seal_name = "seal";

fs::path seal_file(const fs::path& folder) { return folder / seal_name; }

// The first line; raise the number with every change of what the lines say.
constexpr std::string_view header = "kalima seal 2\n";

// "NAME SIZE HASH" of one file, the hash in 16 hexadecimal digits.
std::string line_of(const fs::path& folder, std::string_view part) {
  const fs::path path = folder / part;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::not_found, fmt::format("there is no {}", files::to_utf8(path)));
  Hasher hasher;
  // Read, not mapped: the pages would count as memory of the program.
  std::vector<char> buffer(std::size_t{256} * 1024);
  std::uint64_t size = 0;
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto count = static_cast<std::size_t>(file.gcount());
    hasher.add({buffer.data(), count});
    size += count;
  }
  return fmt::format("{} {} {:016x}\n", part, size, hasher.value());
}

std::string text_of(const fs::path& folder, std::initializer_list<std::string_view> parts) {
  std::string text(header);
  for (const std::string_view part : parts) text += line_of(folder, part);
  return text;
}

}  // namespace

bool is_seal(std::string_view name) { return name == seal_name; }

void seal(const fs::path& folder, std::initializer_list<std::string_view> parts) {
  files::write_durably(seal_file(folder), text_of(folder, parts));
}

void require_sealed(const fs::path& folder, std::initializer_list<std::string_view> parts) {
  const fs::path file = seal_file(folder);
  if (!fs::exists(file))
    throw Error(ErrorCode::not_found, fmt::format("there is no {}", files::to_utf8(file)));
  const std::string sealed = files::read(file);
  if (!sealed.starts_with(header)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another version", files::to_utf8(folder)));
  }
  if (sealed != text_of(folder, parts)) {
    throw Error(ErrorCode::bad_input, fmt::format("the index {} is damaged", files::to_utf8(folder)));
  }
}

}  // namespace kalima::index
