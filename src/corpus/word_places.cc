#include "corpus/word_places.h"

#include <algorithm>
#include <array>

#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/letters.h"
#include "text/skeleton.h"
#include "text/unicode.h"

namespace kalima::corpus {
namespace {

using TextPlaces = std::vector<std::optional<TextPlace>>;

// More pieces than these are not joined to words: the text is of another verse.
constexpr std::size_t max_extra = 16, max_joined = 3;
// Letters of a word that are compared.
constexpr std::size_t max_letters = 40;

bool has_letters(std::string_view piece) {
  const text::Letters letters = text::letters(utf8::to_code_points(piece));
  return std::ranges::any_of(letters, [](const text::Letter& l) { return !l.small; });
}

// A piece with letters and the signs beside it.
struct Unit {
  TextPlace place;
  std::string_view text;  // without the signs
};

std::vector<Unit> units_of(std::string_view text) {
  std::vector<Unit> units;
  std::optional<std::uint32_t> signs_from;  // at the beginning
  for (const TextPiece& piece : text_pieces(text)) {
    if (piece.has_letters) {
      units.push_back({piece.place, piece.text});
      if (units.size() == 1 && signs_from) units.back().place.from = *signs_from;
    } else if (!units.empty()) {
      units.back().place.to = piece.place.to;
    } else if (!signs_from) {
      signs_from = piece.place.from;
    }
  }
  return units;
}

TextPlace joined(std::span<const Unit> units) { return {units.front().place.from, units.back().place.to}; }

// How many units the form is, beginning with the first; 0 if it is another.
std::size_t units_of_form(const std::optional<std::string>& form, std::span<const Unit> units) {
  if (!form) return 0;
  std::size_t count = 0;
  for (const TextPiece& piece : text_pieces(*form)) {
    if (!piece.has_letters) continue;
    if (count == units.size() || units[count].text != piece.text) return 0;
    ++count;
  }
  return count;
}

// The words' forms in a row. A word that is not next has no place; `complete` says whether every word and unit has.
TextPlaces by_forms(std::span<const Word> words, std::span<const Unit> units, bool& complete) {
  TextPlaces places;
  complete = true;
  for (const Word& word : words) {
    const std::size_t count = units_of_form(word.form, units);
    complete = complete && count > 0;
    places.push_back(count > 0 ? std::optional(joined(units.first(count))) : std::nullopt);
    units = units.subspan(count);
  }
  complete = complete && units.empty();
  return places;
}

bool begins_with_basmala(std::span<const Unit> units) {
  static constexpr std::array<std::string_view, 4> basmala = {"بسم", "الله", "الرحمن", "الرحيم"};
  if (units.size() <= basmala.size()) return false;
  for (std::size_t i = 0; i < basmala.size(); ++i) {
    if (text::skeleton(units[i].text) != text::skeleton(basmala[i])) return false;
  }
  return true;
}

std::u32string bare_letters(std::string_view arabic) {
  return utf8::to_code_points(text::skeleton(arabic)).substr(0, max_letters);
}

// The letters of a word as its segments have them: their forms, or the lemma or root of its stem.
std::u32string letters_of(const Word& word) {
  std::string forms;
  for (const Segment& segment : word.segments) forms += segment.form.value_or("");
  if (!forms.empty()) return bare_letters(forms);
  std::string letters;
  for (const Segment& segment : word.segments) {
    const std::optional<std::string>& stored = segment.lemma ? segment.lemma : segment.root;
    if (stored) letters += text::arabic_from_buckwalter(*stored).value_or(*stored);
  }
  return bare_letters(letters);
}

// How many letters two words share, in order.
std::size_t shared(std::u32string_view a, std::u32string_view b) {
  std::array<std::uint8_t, max_letters + 1> row{};
  for (const char32_t letter : a) {
    std::uint8_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint8_t above = row[j + 1];
      row[j + 1] = letter == b[j] ? static_cast<std::uint8_t>(diagonal + 1) : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row[b.size()];
}

// More units than words: the division in which words share most letters with their units. Of equals, the one that joins
// later.
TextPlaces by_letters(std::span<const Word> words, std::span<const Unit> units) {
  constexpr std::size_t impossible = static_cast<std::size_t>(-1);
  const std::size_t extra = units.size() - words.size();
  if (words.empty() || extra > max_extra) return TextPlaces(words.size());
  struct Best {
    std::size_t letters = impossible, taken = 0;
  };
  // best[w][e]: the words from w on, when e units more than words were taken before.
  std::vector<std::array<Best, max_extra + 1>> best(words.size() + 1);
  best[words.size()][extra].letters = 0;
  for (std::size_t w = words.size(); w-- > 0;) {
    const std::u32string wanted = letters_of(words[w]);
    for (std::size_t e = 0; e <= extra; ++e) {
      std::string text;
      for (std::size_t taken = 1; taken <= max_joined && e + taken - 1 <= extra; ++taken) {
        text += units[w + e + taken - 1].text;
        const Best& rest = best[w + 1][e + taken - 1];
        if (rest.letters == impossible) continue;
        const std::size_t letters = rest.letters + shared(wanted, bare_letters(text));
        Best& here = best[w][e];
        if (here.letters == impossible || letters > here.letters) here = {letters, taken};
      }
    }
  }
  if (best[0][0].letters == impossible) return TextPlaces(words.size());
  TextPlaces places;
  std::size_t at = 0;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const std::size_t taken = best[w][at - w].taken;
    places.push_back(joined(units.subspan(at, taken)));
    at += taken;
  }
  return places;
}

}  // namespace

std::vector<TextPiece> text_pieces(std::string_view text) {
  std::vector<TextPiece> pieces;
  std::uint32_t place = 0, from = 0;
  std::size_t start = 0;
  bool inside = false;
  const auto end_piece = [&](std::size_t end) {
    const std::string_view piece = text.substr(start, end - start);
    pieces.push_back({{from, place}, piece, has_letters(piece)});
    inside = false;
  };
  for (std::size_t at = 0; at < text.size(); ++place) {
    const std::size_t begin = at;
    const bool space = text::is_space(utf8::decode(text, at));
    if (space && inside) end_piece(begin);
    if (!space && !inside) {
      inside = true;
      start = begin;
      from = place;
    }
  }
  if (inside) end_piece(text.size());
  return pieces;
}

std::string_view text_at(std::string_view text, const TextPlace& place) {
  text.remove_prefix(utf8::prefix(text, place.from).size());
  return utf8::prefix(text, place.to - place.from);
}

std::vector<std::optional<TextPlace>> word_places(const Verse& verse) {
  const std::vector<Unit> all = units_of(verse.text);
  const std::span<const Word> words(verse.words);
  std::span<const Unit> units(all);
  bool complete = false;
  TextPlaces found = by_forms(words, units, complete);
  if (complete) return found;
  constexpr std::size_t basmala = 4;
  if (units.size() >= words.size() + basmala && begins_with_basmala(units)) units = units.subspan(basmala);
  if (units.size() < words.size()) return found;
  if (units.size() > words.size()) return by_letters(words, units);
  TextPlaces places;
  for (const Unit& unit : units) places.push_back(unit.place);
  return places;
}

}  // namespace kalima::corpus
