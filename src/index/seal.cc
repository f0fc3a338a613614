#include "index/seal.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "support/error.h"
#include "support/files.h"

namespace kalima::index {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view seal_name = "seal";

fs::path seal_file(const fs::path& folder) { return folder / seal_name; }

// A checksum against accidents, not against people: four lanes, since one multiplication after another would wait for
// itself. Each step can be turned back, so that one changed word always changes the sum.
class Checksum {
 public:
  static constexpr std::size_t block = 32;

  // Whole blocks.
  void add(const char* bytes, std::size_t size) {
    for (std::size_t at = 0; at < size; at += block) {
      for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
        std::uint64_t word;
        std::memcpy(&word, bytes + at + lane * sizeof word, sizeof word);
        lanes_[lane] = mix(lanes_[lane], word);
      }
    }
  }
  std::uint64_t value() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t lane : lanes_) sum = mix(sum, lane);
    return sum;
  }

 private:
  static std::uint64_t mix(std::uint64_t sum, std::uint64_t word) {
    return std::rotl(sum ^ word, 29) * 0x9E3779B97F4A7C15ull;
  }
  std::array<std::uint64_t, 4> lanes_{1, 2, 3, 4};
};

// "NAME SIZE CHECKSUM" of one file.
std::string line_of(const fs::path& folder, std::string_view part) {
  const fs::path path = folder / part;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::not_found, fmt::format("there is no {}", files::to_utf8(path)));
  Checksum sum;
  // Read, not mapped: the pages would count as memory of the program.
  std::vector<char> buffer(std::size_t{256} * 1024);
  std::uint64_t size = 0;
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto count = static_cast<std::size_t>(file.gcount());
    const std::size_t whole = (count + Checksum::block - 1) / Checksum::block * Checksum::block;
    std::memset(buffer.data() + count, 0, whole - count);  // the size tells these from zeros of the file
    sum.add(buffer.data(), whole);
    size += count;
  }
  return fmt::format("{} {} {:016x}\n", part, size, sum.value());
}

std::string text_of(const fs::path& folder, std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += line_of(folder, part);
  return text;
}

}  // namespace

bool is_seal(std::string_view name) { return name == seal_name; }

void seal(const fs::path& folder, std::initializer_list<std::string_view> parts) {
  files::write_durably(seal_file(folder), text_of(folder, parts));
}

void require_sealed(const fs::path& folder, std::initializer_list<std::string_view> parts) {
  const std::string found = text_of(folder, parts);
  if (!fs::exists(seal_file(folder))) {
    throw Error(ErrorCode::not_found, fmt::format("there is no {}", files::to_utf8(seal_file(folder))));
  }
  if (files::read(seal_file(folder)) != found) {
    throw Error(ErrorCode::bad_input, fmt::format("the index {} is damaged", files::to_utf8(folder)));
  }
}

}  // namespace kalima::index
