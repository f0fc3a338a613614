#include "corpus/surahs.h"

#include <algorithm>
#include <array>
#include <vector>

#include "corpus/division_files.h"
#include "support/error.h"
#include "support/lines.h"
#include "support/numbers.h"

namespace kalima::corpus {
namespace {

std::string_view next(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

int number(std::string_view text) { return numbers::parse<int>(text).value_or(0); }

// Lines `NUMBER|VERSES|PLACE|ORDER|ARABIC|LATIN|ENGLISH`. The file is part of the program.
std::vector<Surah> read_surahs() {
  std::vector<Surah> out;
  for (const DivisionFile& file : division_files()) {
    if (file.name != "surahs") continue;
    for (Lines lines(file.bytes); lines.next();) {
      std::string_view line = lines.line();
      if (line.starts_with('#')) continue;
      next(line, '|');  // the lines are in order
      Surah surah;
      surah.verses = number(next(line, '|'));
      const auto place = next(line, '|');
      surah.place =
          place == attributes::places[0].name ? attributes::Place::meccan : attributes::Place::medinan;
      surah.order = number(next(line, '|'));
      surah.name = next(line, '|');
      surah.latin = next(line, '|');
      surah.english = line;
      out.push_back(surah);
    }
  }
  return out;
}

}  // namespace

std::span<const Surah> surahs() {
  static const std::vector<Surah> all = read_surahs();
  return all;
}

}  // namespace kalima::corpus
