#include "api/v1/places.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "attributes/table.h"
#include "corpus/surahs.h"
#include "support/error.h"
#include "support/numbers.h"

namespace kalima::api::v1 {
namespace {

using corpus::VersePlace;

constexpr std::uint32_t beyond_all = std::numeric_limits<std::uint32_t>::max();

std::optional<std::uint32_t> number_of(std::string_view digits) {
  return numbers::parse<std::uint32_t>(digits, {.max = beyond_all - 1});
}

struct Parts {
  std::string_view before, after;
};
std::optional<Parts> split(std::string_view text, char at) {
  const std::size_t found = text.find(at);
  if (found == std::string_view::npos) return std::nullopt;
  return Parts{text.substr(0, found), text.substr(found + 1)};
}

std::optional<VersePlace> verse_of(std::string_view text) {
  const auto parts = split(text, ':');
  if (!parts) return std::nullopt;
  const auto surah = number_of(parts->before), ayah = number_of(parts->after);
  if (!surah || !ayah) return std::nullopt;
  return VersePlace{*surah, *ayah};
}

VersePlace after(VersePlace place) { return {place.surah, place.ayah + 1}; }

// Why a verse was not found.
std::string why_missing(VersePlace place) {
  const auto surahs = corpus::surahs();
  if (place.surah < 1 || place.surah > surahs.size())
    return fmt::format("the Quran has surahs 1 to {}", surahs.size());
  const int verses = surahs[place.surah - 1].verses;
  if (place.ayah < 1 || place.ayah > static_cast<std::uint32_t>(verses))
    return fmt::format("surah {} has {} verses", place.surah, verses);
  return "the corpus that was imported does not contain it";
}

// "juz:30": a region of divisions.
std::optional<VerseRange> region_of(std::string_view text) {
  const auto parts = split(text, ':');
  if (!parts) return std::nullopt;
  const auto region = attributes::find_region(parts->before);
  const auto number = number_of(parts->after);
  if (!region || !number) return std::nullopt;
  if (*region == attributes::Region::surah) {
    return VerseRange{std::string(text), {*number, 0}, {*number + 1, 0}, {}};
  }
  const auto starts = corpus::first_verses(*region);
  if (starts.empty()) return std::nullopt;
  if (*number == 0 || *number > starts.size()) return VerseRange{std::string(text), {}, {}, {}};
  return VerseRange{std::string(text),
                    starts[*number - 1],
                    *number < starts.size() ? starts[*number] : VersePlace{beyond_all, 0},
                    {}};
}

std::string why_missing(const VerseRange& range) {
  const auto parts = split(range.text, ':');
  const auto region = parts ? attributes::find_region(parts->before) : std::nullopt;
  const std::size_t count = region ? corpus::first_verses(*region).size() : 0;
  if (count > 0 && range.begin == VersePlace{})
    return fmt::format("the Quran has {} 1 to {}", parts->before, count);
  if (count > 0) return "the corpus that was imported does not contain it";
  return why_missing(VersePlace{range.begin.surah, 1});
}

}  // namespace

std::string written(VersePlace place) { return fmt::format("{}:{}", place.surah, place.ayah); }

std::optional<VerseRange> find_range(std::string_view text) {
  if (const auto surah = number_of(text))
    return VerseRange{std::string(text), {*surah, 0}, {*surah + 1, 0}, {}};
  if (const auto verse = verse_of(text)) return VerseRange{std::string(text), *verse, after(*verse), *verse};
  if (const auto ends = split(text, '-')) {
    const auto first = verse_of(ends->before);
    std::optional<VersePlace> last = verse_of(ends->after);
    if (const auto ayah = number_of(ends->after); first && ayah) last = VersePlace{first->surah, *ayah};
    if (first && last && *first <= *last) return VerseRange{std::string(text), *first, after(*last), *last};
  }
  return region_of(text);
}

std::optional<WordPlace> find_word(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto verse = verse_of(text.substr(0, colon));
  const auto word = number_of(text.substr(colon + 1));
  if (!verse || !word) return std::nullopt;
  return WordPlace{*verse, *word};
}

VerseRange read_range(std::string_view text) {
  if (auto range = find_range(text)) return *range;
  throw Error(ErrorCode::bad_input,
              "a range is 2:255, 2:255-257, 2:285-3:5, 2 (a surah), or one of juz:30, hizb:60, quarter:240, "
              "manzil:7, ruku:556, page:604");
}

VersePlace read_verse(std::string_view text) {
  if (const auto verse = verse_of(text)) return *verse;
  throw Error(ErrorCode::bad_input, "a verse is SURAH:AYAH, such as 2:255");
}

WordPlace read_word(std::string_view text) {
  if (const auto word = find_word(text)) return *word;
  throw Error(ErrorCode::bad_input, "a word is SURAH:AYAH:WORD, such as 2:255:1");
}

Places::Places(const columns::CoreFile& core) : core_(core), by_place_(core.verses()) {
  std::iota(by_place_.begin(), by_place_.end(), 0u);
  // Read once: what is sorted by must not change in between, as a mapped file may.
  std::vector<VersePlace> places(by_place_.size());
  std::ranges::transform(by_place_, places.begin(), [&](std::uint32_t verse) { return place(verse); });
  const auto of = [&](std::uint32_t verse) { return places[verse]; };
  // As a text mostly is.
  if (!std::ranges::is_sorted(by_place_, {}, of)) std::ranges::stable_sort(by_place_, {}, of);
}

std::size_t Places::first_from(VersePlace place) const {
  const auto it =
      std::ranges::lower_bound(by_place_, place, {}, [&](std::uint32_t verse) { return this->place(verse); });
  return static_cast<std::size_t>(it - by_place_.begin());
}

std::span<const std::uint32_t> Places::between(VersePlace begin, VersePlace end) const {
  const std::size_t first = first_from(begin);
  return std::span(by_place_).subspan(first, first_from(end) - first);
}

std::optional<std::uint32_t> Places::find(VersePlace place) const {
  const std::size_t at = first_from(place);
  if (at == by_place_.size() || this->place(by_place_[at]) != place) return std::nullopt;
  return by_place_[at];
}

bool Places::has(const VerseRange& range) const {
  if (range.last) return find(range.begin) && find(*range.last);
  return first_from(range.begin) < first_from(range.end);
}

bool Places::has(const WordPlace& word) const {
  const auto verse = find(word.verse);
  return verse && word.word >= 1 && word.word <= core_.words_of(*verse).size();
}

std::uint32_t Places::verse(VersePlace place, std::string_view parameter) const {
  if (const auto verse = find(place)) return *verse;
  throw Error(ErrorCode::not_found, fmt::format("verse {} not found", written(place)), why_missing(place))
      .with({.parameter = std::string(parameter)});
}

std::span<const std::uint32_t> Places::verses(const VerseRange& range, std::string_view parameter) const {
  if (range.last) {
    verse(range.begin, parameter);
    verse(*range.last, parameter);
  }
  const std::size_t from = first_from(range.begin), to = first_from(range.end);
  if (from >= to) {
    throw Error(ErrorCode::not_found,
                fmt::format("{}{} not found", number_of(range.text) ? "surah " : "", range.text),
                why_missing(range))
        .with({.parameter = std::string(parameter)});
  }
  return std::span(by_place_).subspan(from, to - from);
}

std::uint32_t Places::word(WordPlace place, std::string_view parameter) const {
  const columns::Range words = core_.words_of(verse(place.verse, parameter));
  if (place.word >= 1 && place.word <= words.size())
    return static_cast<std::uint32_t>(words.begin + place.word - 1);
  throw Error(ErrorCode::not_found, fmt::format("word {} of verse {} not found; it has {} words", place.word,
                                                written(place.verse), words.size()))
      .with({.parameter = std::string(parameter)});
}

}  // namespace kalima::api::v1
