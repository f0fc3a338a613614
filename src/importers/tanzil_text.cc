#include "importers/tanzil_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "corpus/surahs.h"
#include "importers/alignment.h"
#include "importers/xml_reader.h"
#include "support/lines.h"
#include "support/numbers.h"
#include "text/skeleton.h"

namespace kalima::importers {
namespace {

constexpr std::size_t longest_verse = 256 * 1024;  // bytes; the same as for a string of a research document

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The parts of "S|A|text"; nullopt for any other line.
std::optional<TextVerse> numbered_line(std::string_view line) {
  const std::size_t first = line.find('|');
  const std::size_t second = first == std::string_view::npos ? first : line.find('|', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto surah = numbers::parse<int>(line.substr(0, first));
  const auto ayah = numbers::parse<int>(line.substr(first + 1, second - first - 1));
  if (!surah || !ayah) return std::nullopt;
  return TextVerse{*surah, *ayah, std::string(trimmed(line.substr(second + 1))), {}, 0};
}

int verses_of(int surah) { return corpus::surahs()[static_cast<std::size_t>(surah) - 1].verses; }

// Accepts verses in order and refuses any other.
class Collector {
 public:
  explicit Collector(const SourceFile& file) : file_(file) {}

  void add(TextVerse verse) {
    const int surah = verse.surah, ayah = verse.ayah;
    if (surah < 1 || surah > static_cast<int>(corpus::surahs().size()) || ayah < 1 ||
        ayah > verses_of(surah)) {
      file_.fail(verse.line, fmt::format("verse {}:{} does not exist in the Quran", surah, ayah));
    }
    if (verse.text.size() > longest_verse) {
      file_.fail(verse.line,
                 fmt::format("a verse of {} bytes; expected at most {}", verse.text.size(), longest_verse));
    }
    if (!verses.empty() && std::pair(surah, ayah) <= std::pair(verses.back().surah, verses.back().ayah)) {
      const bool twice = std::any_of(verses.begin(), verses.end(),
                                     [&](const TextVerse& v) { return v.surah == surah && v.ayah == ayah; });
      file_.fail(verse.line, twice ? fmt::format("verse {}:{} is in the file twice", surah, ayah)
                                   : fmt::format("verse {}:{} after {}:{}; expected the verses in order",
                                                 surah, ayah, verses.back().surah, verses.back().ayah));
    }
    const bool next_of_surah = !verses.empty() && verses.back().surah == surah;
    const int expected = next_of_surah ? verses.back().ayah + 1 : 1;
    if (!next_of_surah) require_whole_surah(verse.line);
    if (ayah != expected) {
      file_.fail(verse.line,
                 fmt::format("verse {}:{} where {}:{} is expected", surah, ayah, surah, expected));
    }
    verses.push_back(std::move(verse));
  }

  // The last surah so far must be complete.
  void require_whole_surah(std::size_t line) const {
    if (verses.empty() || verses.back().ayah == verses_of(verses.back().surah)) return;
    const auto& last = verses.back();
    file_.fail(line, fmt::format("surah {} ends with verse {}; expected its {} verses. Is the file cut off?",
                                 last.surah, last.ayah, verses_of(last.surah)));
  }

  std::vector<TextVerse> verses;

 private:
  const SourceFile& file_;
};

// The plain and the numbered format.
TanzilText read_lines(const SourceFile& file, bool with_numbers) {
  TanzilText out;
  Collector collector(file);
  int surah = 1, ayah = 0;
  std::size_t empty_line = 0;
  Lines lines(file.text());
  while (lines.next()) {
    const std::string_view line = lines.line();
    const std::size_t line_number = lines.number();
    if (line.starts_with('#')) {
      out.comments += fmt::format("{}\n", line);
      continue;
    }
    if (trimmed(line).empty()) {
      if (empty_line == 0) empty_line = line_number;
      continue;
    }
    std::optional<TextVerse> verse;
    if (with_numbers) {
      verse = numbered_line(line);
      if (!verse) file.fail(line_number, "expected SURAH|AYAH|text, such as 2:255 as \"2|255|…\"");
    } else {
      if (empty_line != 0 && !collector.verses.empty()) {
        file.fail(empty_line, "an empty line between verses; expected one verse on each line");
      }
      if (collector.verses.size() == corpus::all_verses) {
        file.fail(line_number,
                  fmt::format("more than {} lines; expected one verse on each line", corpus::all_verses));
      }
      if (++ayah > verses_of(surah)) {
        ++surah;
        ayah = 1;
      }
      verse = TextVerse{surah, ayah, std::string(trimmed(line)), {}, 0};
    }
    verse->line = line_number;
    collector.add(*std::move(verse));
  }
  if (!with_numbers && collector.verses.size() < corpus::all_verses) {
    file.fail(lines.number(),
              fmt::format("{} lines with a verse, expected {}; is the file cut off? (A part of the Quran "
                          "needs lines SURAH|AYAH|text)",
                          collector.verses.size(), corpus::all_verses));
  }
  collector.require_whole_surah(lines.number());
  out.verses = std::move(collector.verses);
  return out;
}

TanzilText read_xml(const SourceFile& file) {
  TanzilText out;
  Collector collector(file);
  XmlReader reader(file);
  const auto numbered = [&] {
    const std::string* index = reader.attribute("index");
    const auto value = index == nullptr ? std::nullopt : numbers::parse<int>(*index);
    if (!value)
      file.fail(reader.line(), fmt::format("<{}> without a number as its \"index\"", reader.name()));
    return *value;
  };
  int surah = 0;
  std::size_t depth = 0;
  for (auto event = reader.next(); event != XmlReader::Event::finished; event = reader.next()) {
    if (event == XmlReader::Event::end) {
      --depth;
      continue;
    }
    static constexpr std::string_view expected[] = {"quran", "sura", "aya"};
    if (depth >= std::size(expected) || reader.name() != expected[depth]) {
      file.fail(reader.line(),
                fmt::format("<{}> is not expected here; expected <quran><sura index><aya index text>",
                            reader.name()));
    }
    if (++depth == 2) surah = numbered();
    if (depth != 3) continue;
    const std::string* text = reader.attribute("text");
    if (text == nullptr) file.fail(reader.line(), "<aya> without \"text\"");
    const std::string* bismillah = reader.attribute("bismillah");
    collector.add({surah, numbered(), std::string(trimmed(*text)),
                   bismillah == nullptr ? std::string() : std::string(trimmed(*bismillah)), reader.line()});
  }
  collector.require_whole_surah(reader.line());
  out.verses = std::move(collector.verses);
  return out;
}

}  // namespace

TanzilText read_tanzil(const SourceFile& file) {
  std::string_view first;
  for (Lines lines(file.text()); lines.next();) {
    first = trimmed(lines.line());
    if (!first.empty() && !first.starts_with('#')) break;
    first = {};
  }
  if (first.empty()) file.fail(0, "no verse found; expected the text of the Quran");
  TanzilText out =
      first.starts_with('<') ? read_xml(file) : read_lines(file, numbered_line(first).has_value());
  if (out.verses.empty()) file.fail(0, "no verse found; expected <aya> elements");
  return out;
}

void finish_arabic_text(const SourceFile& file, TanzilText& text) {
  for (TextVerse& verse : text.verses) {
    if (!kalima::text::has_letters(verse.text)) {
      file.fail(verse.line,
                fmt::format("verse {}:{} has no Arabic letters; expected its text", verse.surah, verse.ayah));
    }
    if (verse.ayah != 1 || verse.surah == 1 || verse.surah == 9 || !verse.bismillah.empty()) continue;
    const std::size_t end = basmala_end(verse.text);
    if (end == 0) continue;
    verse.bismillah = trimmed(std::string_view(verse.text).substr(0, end));
    verse.text = trimmed(std::string_view(verse.text).substr(end));
  }
}

}  // namespace kalima::importers
