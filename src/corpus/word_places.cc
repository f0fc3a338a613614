#include "corpus/word_places.h"

#include <algorithm>
#include <utility>

#include "support/utf8.h"
#include "text/aligned.h"
#include "text/basmala.h"
#include "text/buckwalter.h"
#include "text/tokens.h"
#include "text/unicode.h"

namespace kalima::corpus {
namespace {

using TextPlaces = std::vector<std::optional<TextPlace>>;

// More pieces than these are not joined to words: the text is of another verse.
constexpr std::size_t max_extra = text::max_surplus;

TextPlace joined(std::span<const TextWord> units) {
  return {units.front().place.from, units.back().place.to};
}

// How many units the form is, beginning with the first; 0 if it is another.
std::size_t units_of_form(const std::optional<std::string>& form, std::span<const TextWord> units) {
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
TextPlaces by_forms(std::span<const Word> words, std::span<const TextWord> units, bool& complete) {
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

// How many of the units are a basmala before others.
std::size_t basmala_units(std::string_view text, std::span<const TextWord> units) {
  const std::size_t end = text::basmala_end(utf8::to_code_points(text));
  std::size_t count = 0;
  while (count < units.size() && units[count].place.from < end) ++count;
  return count;
}

// A word as its segments have it: their forms, or the lemma or root of its stem.
std::u32string written(const Word& word) {
  std::string forms;
  for (const Segment& segment : word.segments) forms += segment.form.value_or("");
  if (!forms.empty()) return utf8::to_code_points(forms);
  std::string letters;
  for (const Segment& segment : word.segments) {
    const std::optional<std::string>& stored = segment.lemma ? segment.lemma : segment.root;
    if (stored) letters += text::arabic_from_buckwalter(*stored).value_or(*stored);
  }
  return utf8::to_code_points(letters);
}

// More units than words: the division that fits what the segments say of the words best.
TextPlaces by_letters(std::span<const Word> words, std::span<const TextWord> units) {
  std::vector<std::u32string> in_text, wanted;
  for (const TextWord& unit : units) in_text.push_back(utf8::to_code_points(unit.text));
  for (const Word& word : words) wanted.push_back(written(word));
  const auto parts = text::aligned(in_text, wanted);
  TextPlaces places(words.size());
  if (!parts) return places;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const text::Aligned& part = (*parts)[w];
    if (part.count > 0) places[w] = joined(units.subspan(part.first, part.count));
  }
  return places;
}

}  // namespace

std::vector<TextPiece> text_pieces(std::string_view text) {
  const std::u32string code_points = utf8::to_code_points(text);
  std::vector<std::size_t> offsets;  // of each code point, and of the end
  for (std::size_t at = 0; at < text.size(); utf8::decode(text, at)) offsets.push_back(at);
  offsets.push_back(text.size());
  std::vector<TextPiece> pieces;
  const auto add = [&](std::size_t from, std::size_t to, bool is_word) {
    pieces.push_back({{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)},
                      text.substr(offsets[from], offsets[to] - offsets[from]),
                      is_word});
  };
  std::size_t at = 0;
  const auto add_signs = [&](std::size_t end) {
    while (at < end) {
      const std::size_t from = at;
      while (at < end && !text::is_space(code_points[at])) ++at;
      if (at > from) add(from, at, false);
      if (at < end) ++at;
    }
  };
  for (const text::Token& token : text::tokens(code_points)) {
    if (token.begin < at) continue;  // a ligature of several words
    add_signs(token.begin);
    at = std::min<std::size_t>(token.end, token.begin + token.word.size());
    add(token.begin, at, true);
  }
  add_signs(code_points.size());
  return pieces;
}

std::vector<TextWord> text_words(std::string_view text) {
  std::vector<TextWord> words;
  std::optional<TextPiece> first;  // of the signs at the beginning
  const auto extend = [](std::string_view from, std::string_view to) {
    return std::string_view(from.data(), static_cast<std::size_t>(to.data() + to.size() - from.data()));
  };
  for (const TextPiece& piece : text_pieces(text)) {
    if (piece.has_letters) {
      words.push_back({piece.place, piece.text, piece.text});
      if (words.size() > 1 || !first) continue;
      words.back().place.from = first->place.from;
      words.back().shown = extend(first->text, piece.text);
    } else if (!words.empty()) {
      words.back().place.to = piece.place.to;
      words.back().shown = extend(words.back().shown, piece.text);
    } else if (!first) {
      first = piece;
    }
  }
  return words;
}

std::string_view text_at(std::string_view text, const TextPlace& place) {
  text.remove_prefix(utf8::prefix(text, place.from).size());
  return utf8::prefix(text, place.to - place.from);
}

std::vector<std::optional<std::string>> word_forms(const Verse& verse,
                                                   std::span<const std::optional<TextPlace>> places) {
  std::vector<std::optional<std::string>> forms;
  for (std::size_t i = 0; i < verse.words.size(); ++i) {
    forms.push_back(verse.words[i].form);
    if (places[i]) forms.back() = text_at(verse.text, *places[i]);
  }
  return forms;
}

std::vector<std::optional<TextPlace>> word_places(const Verse& verse) {
  const std::vector<TextWord> all = text_words(verse.text);
  const std::span<const Word> words(verse.words);
  std::span<const TextWord> units(all);
  bool complete = false;
  TextPlaces found = by_forms(words, units, complete);
  if (complete) return found;
  if (units.size() > words.size()) {
    const std::size_t basmala = basmala_units(verse.text, units);
    if (units.size() >= words.size() + basmala) units = units.subspan(basmala);
  }
  if (units.size() < words.size() || words.empty()) return found;
  if (units.size() > words.size() + max_extra) return TextPlaces(words.size());
  if (units.size() > words.size()) return by_letters(words, units);
  TextPlaces places;
  for (const TextWord& unit : units) places.push_back(unit.place);
  return places;
}

}  // namespace kalima::corpus
