// How large the files of an import may be: the one table. `kalima import --max-size` raises it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace kalima::importers {

// Bytes.
struct Limit {
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  std::size_t file = none;
  std::size_t line = none;       // of one line of it
  std::size_t block = 1u << 20;  // that are read at once
  std::size_t comments = none;   // of a text, which are kept with it
};

enum class Part : std::uint8_t {
  text,
  translation,
  morphology,
  treebank,
  masaq,
  conllu,
  corpus,
  registry,
  metadata
};

struct PartLimit {
  std::string_view name;  // of the kind of file, for people
  Limit limit;
};

// Without another limit. A text in XML may be one line; a line of quran.jsonl has all that people wrote about a verse. All
// translations are open at once.
inline constexpr std::size_t KiB = 1u << 10, MiB = 1u << 20, GiB = 1u << 30;
inline constexpr PartLimit default_limits[] = {
    {"text", {64 * MiB, 64 * MiB, MiB, MiB}},
    {"translation", {64 * MiB, 64 * MiB, 64 * KiB, MiB}},
    {"morphology", {64 * MiB, 16 * MiB}},
    {"treebank", {512 * MiB, 16 * MiB}},
    {"MASAQ", {512 * MiB, 16 * MiB}},
    {"CoNLL-U", {8 * GiB, 16 * MiB}},
    {"quran.jsonl", {GiB, GiB}},
    {"tags.json", {256 * MiB}},
    {"metadata.json", {16 * MiB}},
};

class Limits {
 public:
  Limits() = default;
  // Each file may have so many bytes.
  explicit Limits(std::size_t file) : file_(file) {}

  Limit of(Part part) const {
    Limit limit = default_limits[static_cast<std::size_t>(part)].limit;
    limit.file = file_.value_or(limit.file);
    return limit;
  }

 private:
  std::optional<std::size_t> file_;
};

}  // namespace kalima::importers
