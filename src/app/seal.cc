#include "app/seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <list>
#include <string>
#include <vector>

#include "support/error.h"
#include "support/files.h"
#include "support/hash.h"
#include "support/log.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view seal_name = "seal", marks_name = "marks";

// The first line; increase the number with every change to the lines, or to what the parts are made of.
constexpr std::string_view header = "kalima seal 4\n";
constexpr std::string_view marks_header = "kalima marks 1\n";

// "NAME SIZE HASH" of one file, the hash in 16 hexadecimal digits.
std::string line_of(const OpenPart& part) {
  Hasher hasher;
  std::uint64_t size = 0;
  // Read, not mapped: mapped pages would count as memory of the program.
  part.file.each_block([&](std::string_view bytes) {
    hasher.add(bytes);
    size += bytes.size();
  });
  return fmt::format("{} {} {:016x}\n", part.name, size, hasher.value());
}

std::string seal_of(const std::vector<OpenPart>& parts) {
  std::string text(header);
  for (const OpenPart& part : parts) text += line_of(part);
  return text;
}

// Which seal it was that they were compared with, and "NAME NUMBER SIZE CHANGED" of each. Without the device, which may
// have another number after a restart of the machine.
std::string marks_of(std::string_view sealed, const std::vector<OpenPart>& parts) {
  std::string text = fmt::format("{}seal {:016x}\n", marks_header, hash_of(sealed));
  for (const OpenPart& part : parts) {
    const files::FileMark& mark = part.file.mark();
    text += fmt::format("{} {} {} {}\n", part.name, mark.number, mark.size, mark.changed_ns);
  }
  return text;
}

bool knows(const fs::path& folder, const std::string& marks) {
  try {
    return files::read(folder / marks_name, 2 * marks.size()) == marks;
  } catch (const Error&) {  // it says nothing then
    return false;
  }
}

void note(const fs::path& folder, const std::string& marks) {
  // The folder may come from a stranger, and a link in it lead anywhere.
  forget_marks(folder);
  try {
    // A part of it says nothing, like one that is missing.
    files::write_durably(folder / marks_name, marks);
  } catch (const Error& e) {  // the next start reads everything again
    log::info("the marks of the index cannot be noted: {}", e.what());
  }
}

}  // namespace

fs::path seal_file(const fs::path& folder) { return folder / seal_name; }
bool is_seal(std::string_view name) { return name == seal_name || name == marks_name; }

void seal(const fs::path& folder, std::initializer_list<std::string_view> names) {
  std::list<files::OpenFile> opened;
  std::vector<OpenPart> parts;
  for (const std::string_view name : names) parts.push_back({name, opened.emplace_back(folder / name)});
  const std::string sealed = seal_of(parts);
  files::write_durably(seal_file(folder), sealed);
  files::write_durably(folder / marks_name, marks_of(sealed, parts));
}

void require_sealed(const fs::path& folder, std::initializer_list<OpenPart> given,
                    Verification verification) {
  const std::vector<OpenPart> parts(given);
  const std::string sealed = files::read(seal_file(folder));
  if (!sealed.starts_with(header)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another version", files::to_utf8(folder)));
  }
  const std::string marks = marks_of(sealed, parts);
  if (verification == Verification::of_changes && knows(folder, marks)) {
    log::info("the index {} is known", files::to_utf8(folder));
    return;
  }
  const std::string found = seal_of(parts);
  const bool unchanged = std::ranges::all_of(parts, [](const OpenPart& p) { return p.file.unchanged(); });
  if (!unchanged) {
    throw Error(ErrorCode::conflict,
                fmt::format("the index {} was changed while it was read", files::to_utf8(folder)),
                "try again when nothing writes to it");
  }
  if (sealed != found) {
    throw Error(ErrorCode::bad_input, fmt::format("the index {} is damaged", files::to_utf8(folder)));
  }
  if (verification == Verification::of_everything) return;
  log::info("the index {} was read in full: it is what was sealed", files::to_utf8(folder));
  note(folder, marks);
}

void forget_marks(const fs::path& folder) {
  std::error_code ignored;  // without the file, nothing is known
  fs::remove(folder / marks_name, ignored);
}

}  // namespace kalima::app
