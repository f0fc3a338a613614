#include "importers/tanzil_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "corpus/surahs.h"
#include "importers/verse_text.h"
#include "importers/xml_reader.h"
#include "support/lines.h"
#include "support/numbers.h"
#include "support/utf8.h"
#include "text/basmala.h"
#include "text/letters.h"
#include "text/unicode.h"

namespace kalima::importers {
namespace {

constexpr std::size_t longest_verse = 256 * 1024;  // bytes; the same as for a string of a research document

// The parts of "S|A|text"; nullopt for any other line.
std::optional<TextVerse> numbered_line(std::string_view line) {
  const std::size_t first = line.find('|');
  const std::size_t second = first == std::string_view::npos ? first : line.find('|', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto number = [](std::string_view part) { return numbers::parse<int>(kalima::text::stripped(part)); };
  const auto surah = number(line.substr(0, first)), ayah = number(line.substr(first + 1, second - first - 1));
  if (!surah || !ayah) return std::nullopt;
  return TextVerse{*surah, *ayah, std::string(kalima::text::stripped(line.substr(second + 1))), {}, 0};
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

constexpr std::size_t max_lines = 100'000;  // without comments

// A line of a file in lines, without the comments.
struct VerseLine {
  std::string_view text;  // without white space at its ends
  std::size_t number = 0;
};

std::vector<VerseLine> verse_lines(const SourceFile& file, std::string& comments) {
  std::vector<VerseLine> out;
  for (Lines lines(file.text()); lines.next();) {
    if (lines.line().starts_with('#')) {
      comments += fmt::format("{}\n", lines.line());
    } else {
      if (out.size() == max_lines)
        file.fail(lines.number(), "too many lines; expected one verse on each line");
      out.push_back({kalima::text::stripped(lines.line()), lines.number()});
    }
  }
  while (!out.empty() && out.back().text.empty()) out.pop_back();
  return out;
}

TanzilText read_numbered(const SourceFile& file) {
  TanzilText out;
  Collector collector(file);
  std::size_t last = 0;
  for (const VerseLine& line : verse_lines(file, out.comments)) {
    last = line.number;
    if (line.text.empty()) continue;
    std::optional<TextVerse> verse = numbered_line(line.text);
    if (!verse) file.fail(line.number, "expected SURAH|AYAH|text, such as 2:255 as \"2|255|…\"");
    verse->line = line.number;
    collector.add(*std::move(verse));
  }
  collector.require_whole_surah(last);
  out.verses = std::move(collector.verses);
  return out;
}

// Empty lines are verses without text, or nothing if there are enough verses without them.
TanzilText read_plain(const SourceFile& file) {
  TanzilText out;
  Collector collector(file);
  std::vector<VerseLine> lines = verse_lines(file, out.comments);
  lines.erase(lines.begin(),
              std::ranges::find_if(lines, [](const VerseLine& line) { return !line.text.empty(); }));
  const auto with_text = static_cast<std::size_t>(
      std::ranges::count_if(lines, [](const VerseLine& line) { return !line.text.empty(); }));
  if (with_text > corpus::all_verses) {
    file.fail(lines[corpus::all_verses].number,
              fmt::format("more than {} lines; expected one verse on each line", corpus::all_verses));
  }
  if (with_text == corpus::all_verses)
    std::erase_if(lines, [](const VerseLine& line) { return line.text.empty(); });
  if (lines.size() != corpus::all_verses) {
    file.fail(lines.back().number,
              fmt::format("{} line{} with a verse, expected {}; is the file cut off? (A part of the Quran "
                          "needs lines SURAH|AYAH|text)",
                          with_text, with_text == 1 ? "" : "s", corpus::all_verses));
  }
  int surah = 1, ayah = 0;
  for (const VerseLine& line : lines) {
    if (++ayah > verses_of(surah)) {
      ++surah;
      ayah = 1;
    }
    collector.add({surah, ayah, std::string(line.text), {}, line.number});
  }
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
    collector.add({surah, numbered(), std::string(kalima::text::stripped(*text)),
                   bismillah == nullptr ? std::string() : std::string(kalima::text::stripped(*bismillah)),
                   reader.line()});
  }
  collector.require_whole_surah(reader.line());
  out.verses = std::move(collector.verses);
  return out;
}

}  // namespace

TanzilText read_tanzil(const SourceFile& file) {
  std::string_view first;
  for (Lines lines(file.text()); lines.next();) {
    first = kalima::text::stripped(lines.line());
    if (!first.empty() && !first.starts_with('#')) break;
    first = {};
  }
  if (first.empty()) file.fail(0, "no verse found; expected the text of the Quran");
  TanzilText out = first.starts_with('<')             ? read_xml(file)
                   : numbered_line(first).has_value() ? read_numbered(file)
                                                      : read_plain(file);
  if (out.verses.empty()) file.fail(0, "no verse found; expected <aya> elements");
  return out;
}

void finish_arabic_text(const SourceFile& file, TanzilText& text) {
  bool has_first_basmala = false;
  for (TextVerse& verse : text.verses) {
    const auto refuse = [&](const std::string& what) {
      file.fail(verse.line, fmt::format("verse {}:{} {}", verse.surah, verse.ayah, what));
    };
    const std::u32string letters = utf8::to_code_points(verse.text);
    if (std::ranges::none_of(letters, kalima::text::is_arabic_letter) && letters != U"\uFDFD")
      refuse("has no Arabic letters; expected its text");
    for (const std::string* part : {&verse.bismillah, &verse.text}) {
      if (const auto what = not_arabic_text(*part, verse.ayah))
        refuse(*what + "; expected nothing but its text in Arabic");
    }
    if (verse.surah == 1 && verse.ayah == 1) has_first_basmala = kalima::text::is_basmala(letters);
    // Whoever removed the basmalas before surahs by replacing the words removed this one too.
    if (verse.surah == 27 && verse.ayah == 30 && has_first_basmala && !kalima::text::has_basmala(letters))
      refuse("lacks its basmala; was it removed together with those before the surahs?");
    if (verse.ayah != 1 || verse.surah == 1 || verse.surah == 9 || !verse.bismillah.empty()) continue;
    const std::size_t end = kalima::text::basmala_end(letters);
    if (end == 0) continue;
    const std::size_t size = utf8::prefix(verse.text, end).size();
    verse.bismillah = kalima::text::stripped(std::string_view(verse.text).substr(0, size));
    verse.text = std::string(kalima::text::stripped(std::string_view(verse.text).substr(size)));
  }
}

void finish_translation(const SourceFile& file, const TanzilText& text) {
  for (const TextVerse& verse : text.verses) {
    if (const auto what = not_plain_text(verse.text)) {
      file.fail(verse.line, fmt::format("verse {}:{} {}; expected nothing but its translation", verse.surah,
                                        verse.ayah, *what));
    }
  }
}

}  // namespace kalima::importers
