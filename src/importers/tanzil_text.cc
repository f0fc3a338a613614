#include "importers/tanzil_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "corpus/surahs.h"
#include "importers/verse_text.h"
#include "importers/xml_reader.h"
#include "support/numbers.h"
#include "support/pieces.h"
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

constexpr std::size_t max_lines = 100'000;  // without comments

// The lines of a file, without its comments.
class VerseLines {
 public:
  // Adds the comments to `comments`.
  VerseLines(SourceStream& file, std::string& comments)
      : file_(file), comments_(comments), lines_(file.pieces()) {
    file.rewind();
  }

  bool next() {
    while (lines_.next()) {
      if (lines_.line().starts_with('#')) {
        add_comment();
        continue;
      }
      if (++count_ > max_lines) file_.fail(number(), "too many lines; expected one verse on each line");
      return true;
    }
    return false;
  }

  // Without white space at its ends.
  std::string_view text() const { return kalima::text::stripped(lines_.line()); }
  std::size_t number() const { return lines_.number(); }

 private:
  void add_comment() {
    comments_.append(lines_.line()).append("\n");
    if (const std::size_t most = file_.limit().comments; comments_.size() > most) {
      file_.fail(number(),
                 fmt::format("more than {} MiB of comments, which are kept with the text", most >> 20),
                 "leave only the notice of those who published it");
    }
  }

  SourceStream& file_;
  std::string& comments_;
  PieceLines lines_;
  std::size_t count_ = 0;
};

}  // namespace

class TanzilReader::Verses {
 public:
  virtual ~Verses() = default;
  // The next verse of the file, which may have any numbers.
  virtual std::optional<TextVerse> next() = 0;
  // The last line that said something.
  virtual std::size_t line() const = 0;
};

namespace {

class NumberedVerses final : public TanzilReader::Verses {
 public:
  NumberedVerses(SourceStream& file, std::string& comments) : file_(file), lines_(file, comments) {}

  std::optional<TextVerse> next() override {
    while (lines_.next()) {
      if (lines_.text().empty()) continue;
      line_ = lines_.number();
      std::optional<TextVerse> verse = numbered_line(lines_.text());
      if (!verse) file_.fail(line_, "expected SURAH|AYAH|text, such as 2:255 as \"2|255|…\"");
      verse->line = line_;
      return verse;
    }
    return std::nullopt;
  }
  std::size_t line() const override { return line_; }

 private:
  SourceStream& file_;
  VerseLines lines_;
  std::size_t line_ = 0;
};

// Empty lines are verses without text, or nothing if there are enough verses without them.
class PlainVerses final : public TanzilReader::Verses {
 public:
  PlainVerses(SourceStream& file, std::string& comments)
      : all_have_text_(require_all_verses(file)), lines_(file, comments) {}

  std::optional<TextVerse> next() override {
    while (lines_.next()) {
      const std::string_view text = lines_.text();
      if (text.empty() && (all_have_text_ || surah_ == 0)) continue;
      if (surah_ == 0) surah_ = 1;
      if (++ayah_ > verses_of(surah_)) {
        // Empty lines at the end.
        if (surah_ == static_cast<int>(corpus::surahs().size())) break;
        ++surah_;
        ayah_ = 1;
      }
      line_ = lines_.number();
      return TextVerse{surah_, ayah_, std::string(text), {}, line_};
    }
    while (lines_.next()) {  // comments may follow
    }
    return std::nullopt;
  }
  std::size_t line() const override { return line_; }

 private:
  // Whether there are all verses without the empty lines.
  static bool require_all_verses(SourceStream& file) {
    std::string comments;
    std::size_t with_text = 0, lines = 0, last = 0, verses = 0, surplus = 0;
    for (VerseLines at(file, comments); at.next();) {
      comments.clear();
      if (lines == 0 && at.text().empty()) continue;
      if (++lines == corpus::all_verses + 1) surplus = at.number();
      if (at.text().empty()) continue;
      ++with_text;
      verses = lines;
      last = at.number();
    }
    if (with_text > corpus::all_verses) {
      file.fail(surplus,
                fmt::format("more than {} lines; expected one verse on each line", corpus::all_verses));
    }
    if (with_text != corpus::all_verses && verses != corpus::all_verses) {
      file.fail(last,
                fmt::format("{} line{} with a verse, expected {}; is the file cut off? (A part of the Quran "
                            "needs lines SURAH|AYAH|text)",
                            with_text, with_text == 1 ? "" : "s", corpus::all_verses));
    }
    return with_text == corpus::all_verses;
  }

  bool all_have_text_;
  VerseLines lines_;
  int surah_ = 0, ayah_ = 0;
  std::size_t line_ = 0;
};

class XmlVerses final : public TanzilReader::Verses {
 public:
  explicit XmlVerses(SourceStream& file) : file_(file), reader_(rewound(file)) {}

  std::optional<TextVerse> next() override {
    for (auto event = reader_.next(); event != XmlReader::Event::finished; event = reader_.next()) {
      if (event == XmlReader::Event::end) {
        --depth_;
        continue;
      }
      static constexpr std::string_view expected[] = {"quran", "sura", "aya"};
      if (depth_ >= std::size(expected) || reader_.name() != expected[depth_]) {
        file_.fail(line(),
                   fmt::format("<{}> is not expected here; expected <quran><sura index><aya index text>",
                               reader_.name()));
      }
      if (++depth_ == 2) surah_ = numbered();
      if (depth_ == 3) return verse();
    }
    return std::nullopt;
  }
  std::size_t line() const override { return reader_.line(); }

 private:
  static SourceStream& rewound(SourceStream& file) {
    file.rewind();
    return file;
  }

  int numbered() const {
    const std::string* index = reader_.attribute("index");
    const auto value = index == nullptr ? std::nullopt : numbers::parse<int>(*index);
    if (!value) file_.fail(line(), fmt::format("<{}> without a number as its \"index\"", reader_.name()));
    return *value;
  }

  TextVerse verse() const {
    const std::string* text = reader_.attribute("text");
    if (text == nullptr) file_.fail(line(), "<aya> without \"text\"");
    const std::string* bismillah = reader_.attribute("bismillah");
    return {surah_, numbered(), std::string(kalima::text::stripped(*text)),
            bismillah == nullptr ? std::string() : std::string(kalima::text::stripped(*bismillah)), line()};
  }

  SourceStream& file_;
  XmlReader reader_;
  int surah_ = 0;
  std::size_t depth_ = 0;
};

std::unique_ptr<TanzilReader::Verses> verses_in(SourceStream& file, std::string& comments) {
  file.rewind();
  for (PieceLines lines(file.pieces()); lines.next();) {
    const std::string_view first = kalima::text::stripped(lines.line());
    if (first.empty() || first.starts_with('#')) continue;
    if (first.starts_with('<')) return std::make_unique<XmlVerses>(file);
    if (numbered_line(first)) return std::make_unique<NumberedVerses>(file, comments);
    return std::make_unique<PlainVerses>(file, comments);
  }
  file.fail(0, "no verse found; expected the text of the Quran");
}

}  // namespace

TanzilReader::TanzilReader(SourceStream& file)
    : file_(file), verses_(verses_in(file, comments_)), surahs_(corpus::surahs().size() + 1) {}

TanzilReader::~TanzilReader() = default;

const std::string& TanzilReader::comments() const { return comments_; }

std::optional<TextVerse> TanzilReader::next() {
  std::optional<TextVerse> verse = verses_->next();
  if (verse) {
    require_order(*verse);
  } else {
    require_whole_surah(verses_->line());
    if (surah_ == 0) file_.fail(0, "no verse found; expected <aya> elements");
  }
  return verse;
}

void TanzilReader::require_order(const TextVerse& verse) {
  const int surah = verse.surah, ayah = verse.ayah;
  if (surah < 1 || surah > static_cast<int>(corpus::surahs().size()) || ayah < 1 || ayah > verses_of(surah)) {
    file_.fail(verse.line, fmt::format("verse {}:{} does not exist in the Quran", surah, ayah));
  }
  if (verse.text.size() > longest_verse) {
    file_.fail(verse.line,
               fmt::format("a verse of {} bytes; expected at most {}", verse.text.size(), longest_verse));
  }
  // In XML it may be a reference to the character.
  if (has_byte_order_mark(verse.text) || has_byte_order_mark(verse.bismillah))
    file_.fail(verse.line, inner_mark, remove_inner_mark);
  const auto begun = surahs_.begin() + surah;
  if (std::pair(surah, ayah) <= std::pair(surah_, ayah_)) {
    // Each surah before this one is complete.
    file_.fail(verse.line, *begun ? fmt::format("verse {}:{} is in the file twice", surah, ayah)
                                  : fmt::format("verse {}:{} after {}:{}; expected the verses in order",
                                                surah, ayah, surah_, ayah_));
  }
  const bool next_of_surah = surah_ == surah;
  const int expected = next_of_surah ? ayah_ + 1 : 1;
  if (!next_of_surah) require_whole_surah(verse.line);
  if (ayah != expected)
    file_.fail(verse.line, fmt::format("verse {}:{} where {}:{} is expected", surah, ayah, surah, expected));
  *begun = true;
  surah_ = surah;
  ayah_ = ayah;
}

// The surah of the last verse must be complete.
void TanzilReader::require_whole_surah(std::size_t line) const {
  if (surah_ == 0 || ayah_ == verses_of(surah_)) return;
  file_.fail(line, fmt::format("surah {} ends with verse {}; expected its {} verses. Is the file cut off?",
                               surah_, ayah_, verses_of(surah_)));
}

std::optional<TextVerse> ArabicReader::next() {
  std::optional<TextVerse> next = verses_.next();
  if (!next) return next;
  TextVerse& verse = *next;
  const auto refuse = [&](const std::string& what) {
    file_.fail(verse.line, fmt::format("verse {}:{} {}", verse.surah, verse.ayah, what));
  };
  const std::u32string letters = utf8::to_code_points(verse.text);
  if (std::ranges::none_of(letters, kalima::text::is_arabic_letter) && letters != U"\uFDFD")
    refuse("has no Arabic letters; expected its text");
  for (const std::string* part : {&verse.bismillah, &verse.text}) {
    if (const auto what = not_arabic_text(*part, verse.ayah))
      refuse(*what + "; expected nothing but its text in Arabic");
  }
  if (verse.surah == 1 && verse.ayah == 1) has_first_basmala_ = kalima::text::is_basmala(letters);
  // Whoever removed the basmalas before surahs by replacing the words removed this one too.
  if (verse.surah == 27 && verse.ayah == 30 && has_first_basmala_ && !kalima::text::has_basmala(letters))
    refuse("lacks its basmala; was it removed together with those before the surahs?");
  if (verse.ayah != 1 || verse.surah == 1 || verse.surah == 9 || !verse.bismillah.empty()) return next;
  const std::size_t end = kalima::text::basmala_end(letters);
  if (end == 0) return next;
  const std::size_t size = utf8::prefix(verse.text, end).size();
  verse.bismillah = kalima::text::stripped(std::string_view(verse.text).substr(0, size));
  verse.text = std::string(kalima::text::stripped(std::string_view(verse.text).substr(size)));
  return next;
}

}  // namespace kalima::importers
