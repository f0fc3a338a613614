#include "app/seal.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "support/error.h"
#include "support/files.h"
#include "support/hash.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view seal_name = "seal";

// The first line; increase the number with every change to the lines, or to what the parts are made of.
constexpr std::string_view header = "kalima seal 4\n";

// "NAME SIZE HASH" of one file, the hash in 16 hexadecimal digits.
std::string line_of(const HeldPart& part) {
  Hasher hasher;
  std::uint64_t size = 0;
  // Read, not mapped: mapped pages would count as memory of the program.
  part.file.each_block([&](std::string_view bytes) {
    hasher.add(bytes);
    size += bytes.size();
  });
  return fmt::format("{} {} {:016x}\n", part.name, size, hasher.value());
}

}  // namespace

fs::path seal_file(const fs::path& folder) { return folder / seal_name; }
bool is_seal(std::string_view name) { return name == seal_name; }

void seal(const fs::path& folder, std::initializer_list<std::string_view> parts) {
  std::string text(header);
  for (const std::string_view name : parts) text += line_of({name, files::HeldFile(folder / name)});
  files::write_durably(seal_file(folder), text);
}

void require_sealed(const fs::path& folder, std::initializer_list<HeldPart> parts) {
  const std::string sealed = files::read(seal_file(folder));
  if (!sealed.starts_with(header)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another version", files::to_utf8(folder)));
  }
  std::string found(header);
  for (const HeldPart& part : parts) found += line_of(part);
  if (sealed != found) {
    throw Error(ErrorCode::bad_input, fmt::format("the index {} is damaged", files::to_utf8(folder)));
  }
}

}  // namespace kalima::app
