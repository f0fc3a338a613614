#include "search/word_match.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "text/proclitics.h"

namespace kalima::search {

using text::Step;
using text::Word;

namespace {

// Comparisons of words between two checks of the clock.
constexpr std::size_t words_at_once = 256, forms_at_once = 8192;

bool is_better(const Matched& a, const Matched& b) {
  return a.step != b.step ? a.step < b.step : a.begin < b.begin;
}

void put(Matches& out, const Matched& found) {
  if (out.empty() || out.back().entry != found.entry) {
    out.push_back(found);
  } else if (is_better(found, out.back())) {
    out.back() = found;
  }
}

// What has the word's key and is compared to it: `wanted` says of which parts, `step` what the match counts as.
template <typename Wanted, typename StepOf>
Matches compared(const WordFile& file, const Word& word, Step loosest, const Expired& expired, Wanted wanted,
                 StepOf step_of) {
  Matches out;
  if (word.written.empty() || word.written.size() > text::longest_word) return out;
  std::size_t count = 0;
  for (const KeyedWord& candidate : file.keys().find(text::match_key(word.letters))) {
    if (++count % words_at_once == 0 && expired()) break;
    if (!wanted(candidate)) continue;
    if (const auto step = text::match(
            word, compared_word(file.entry(candidate.entry).substr(candidate.begin()), candidate.part()),
            loosest))
      put(out, {candidate.entry, candidate.begin(), step_of(*step)});
  }
  return out;
}

// The forms that `is` accepts, which gives what to keep of them.
template <typename Found, typename Is>
std::vector<Found> among_forms(const WordFile& file, bool proclitics, const Expired& expired, Is is) {
  std::vector<Found> out;
  const WordKeys& keys = file.keys();
  for (std::size_t i = 0; i < keys.forms(); ++i) {
    if (i % forms_at_once == forms_at_once - 1 && expired()) break;
    const KeyedWord& word = keys.form_word(i);
    if (word.begin() != 0 && !proclitics) continue;
    if (auto found = is(word, keys.form(i))) out.push_back(*found);
  }
  return out;
}

// A bit for each letter, some letters sharing one.
std::uint64_t letter_set(std::u32string_view letters) {
  std::uint64_t out = 0;
  for (const char32_t c : letters) out |= std::uint64_t{1} << (c & 63);
  return out;
}

// The letters of a typed word, and the same with each hamza inside it on another seat or without one: a seat is not a
// mistake.
std::vector<std::u32string> typed_forms(const text::Letters& typed) {
  constexpr char32_t hamza = 0x621, waw = 0x648, ya = 0x64A;
  std::vector<std::u32string> out{text::NearForm(typed).with_alifs};
  for (const char32_t seat : {hamza, waw, ya}) {
    text::Letters other = typed;
    for (std::size_t i = 1; i < other.size(); ++i) {
      const bool seated = (other[i].base == waw || other[i].base == ya) && other[i].has(text::hamza_signs);
      if (!seated && other[i].base != hamza) continue;
      other[i].base = seat;
      other[i].signs &= static_cast<std::uint16_t>(~text::hamza_signs);
    }
    std::u32string form = text::NearForm(other).with_alifs;
    if (std::ranges::find(out, form) == out.end()) out.push_back(std::move(form));
  }
  return out;
}

bool has_hamza_inside(const text::Letters& word) {
  return word.size() > 1 && std::any_of(word.begin() + 1, word.end(), [](const text::Letter& l) {
           return l.base == U'\u0621' || l.has(text::hamza_signs);
         });
}

// A hamza that was typed counts if the text has the word with it: فئة is not فيه. كفؤا is كُفُوًا, which nothing else is.
void prefer_hamza(const WordFile& file, const Word& word, Matches& found) {
  if (!has_hamza_inside(word.letters)) return;
  const auto has_it = [&](const Matched& m) {
    return has_hamza_inside(text::letters(file.entry(m.entry).substr(m.begin)));
  };
  if (std::ranges::any_of(found, has_it)) std::erase_if(found, [&](const Matched& m) { return !has_it(m); });
}

std::vector<Near> best_of_entries(std::vector<Near> found) {
  std::ranges::stable_sort(found, [](const Near& a, const Near& b) {
    if (a.matched.entry != b.matched.entry) return a.matched.entry < b.matched.entry;
    return a.mistake != b.mistake ? a.mistake < b.mistake : a.matched.begin < b.matched.begin;
  });
  const auto same = [](const Near& a, const Near& b) { return a.matched.entry == b.matched.entry; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

}  // namespace

Matches either(const Matches& a, const Matches& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  Matches out;
  auto i = a.begin(), j = b.begin();
  while (i != a.end() || j != b.end()) {
    const bool first = j == b.end() || (i != a.end() && i->entry <= j->entry);
    put(out, first ? *i++ : *j++);
  }
  return out;
}

Matches spelled(const WordFile& file, const Word& word, Step loosest, bool proclitics,
                const Expired& expired) {
  Matches out = compared(
      file, word, std::min(loosest, text::loosest_step), expired,
      [&](const KeyedWord& k) {
        return k.part() != KeyedWord::Part::after_article && (k.begin() == 0 || proclitics);
      },
      [](Step step) { return step; });
  prefer_hamza(file, word, out);
  return out;
}

Matches without_article(const WordFile& file, const Word& word, bool proclitics, const Expired& expired) {
  const auto as_this = [](Step) { return Step::no_article; };
  // The text has it. Vowels that were typed count here too.
  Matches out = compared(
      file, word, Step::regional, expired,
      [&](const KeyedWord& k) {
        if (k.part() != KeyedWord::Part::after_article) return false;
        return proclitics || text::after_article(file.entry(k.entry)) == k.begin();
      },
      as_this);
  const auto bare = text::after_article(word.written);
  if (!bare) return out;
  const Matches typed = compared(
      file, Word(std::u32string_view(word.written).substr(*bare)), Step::regional, expired,
      [&](const KeyedWord& k) { return k.part() == KeyedWord::Part::rest && (k.begin() == 0 || proclitics); },
      as_this);
  return either(out, typed);
}

bool fits(std::u32string_view pattern, std::u32string_view letters) {
  // The usual way with one place to come back to: the last * takes a letter more.
  std::size_t p = 0, l = 0, star = std::u32string_view::npos, after_star = 0;
  while (l < letters.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = l;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == letters[l])) {
      ++p;
      ++l;
    } else if (star != std::u32string_view::npos) {
      p = star + 1;
      l = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Matches like(const WordFile& file, std::u32string_view pattern, bool proclitics, const Expired& expired) {
  const auto found =
      among_forms<Matched>(file, proclitics, expired,
                           [&](const KeyedWord& word, std::u32string_view form) -> std::optional<Matched> {
                             if (!fits(pattern, form)) return std::nullopt;
                             return Matched{word.entry, word.begin(), Step::folded};
                           });
  Matches out;
  for (const Matched& m : found) put(out, m);
  return out;
}

std::vector<Near> mistyped(const WordFile& file, const Word& word, bool proclitics, const Expired& expired) {
  std::vector<Near> out;
  for (const std::u32string& typed : typed_forms(word.letters)) {
    const std::uint64_t set = letter_set(typed);
    const auto found = among_forms<Near>(
        file, proclitics, expired, [&](const KeyedWord& k, std::u32string_view form) -> std::optional<Near> {
          if (form.size() + 1 < typed.size() || form.size() > typed.size() + 1) return std::nullopt;
          // One mistake changes two bits at most.
          if (std::popcount(letter_set(form) ^ set) > 2) return std::nullopt;
          const auto mistake = text::mistake_in_letters(typed, form);
          if (!mistake) return std::nullopt;
          return Near{{k.entry, k.begin(), Step::typing}, *mistake};
        });
    out.insert(out.end(), found.begin(), found.end());
  }
  return best_of_entries(std::move(out));
}

std::vector<Near> sounding_alike(const WordFile& file, const Word& word, bool proclitics,
                                 const Expired& expired) {
  const std::u32string sound = text::NearForm(word.letters).sound;
  if (sound.size() < text::min_near_letters) return {};
  return best_of_entries(among_forms<Near>(
      file, proclitics, expired, [&](const KeyedWord& k, std::u32string_view form) -> std::optional<Near> {
        if (form.size() < sound.size() || text::sound_of_letters(form) != sound) return std::nullopt;
        return Near{{k.entry, k.begin(), Step::sound}, {}};
      }));
}

}  // namespace kalima::search
