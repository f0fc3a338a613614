#include "text/transliterations.h"

#include <algorithm>
#include <string>
#include <utility>

#include "support/utf8.h"
#include "text/unicode.h"

namespace kalima::text {
namespace {

constexpr std::u32string_view sounded_letters = U"ءبتثجحخدذرزسشصضطظعغفقكلمنهوي";

// What the scholarly systems share.
#define KALIMA_SHARED_ROWS                                                                              \
  {U"b", U"ب"}, {U"t", U"ت"}, {U"d", U"د"}, {U"r", U"ر"}, {U"z", U"ز"}, {U"s", U"س"}, {U"ṣ", U"ص"},     \
      {U"ḍ", U"ض"}, {U"ṭ", U"ط"}, {U"ẓ", U"ظ"}, {U"ḥ", U"ح"}, {U"f", U"ف"}, {U"q", U"ق"}, {U"k", U"ك"}, \
      {U"l", U"ل"}, {U"m", U"م"}, {U"n", U"ن"}, {U"h", U"ه"}, {U"w", U"و"}, {U"y", U"ي"},               \
      {U"a", U"", vowel_a}, {U"i", U"", vowel_i}, {U"u", U"", vowel_u}, {U"ā", U"", vowel_a, true},     \
      {U"ī", U"", vowel_i, true}, {U"ū", U"", vowel_u, true}, {                                         \
    U"á", U"", vowel_a, true                                                                            \
  }

// clang-format off
constexpr LatinRow din_31635[] = {
    KALIMA_SHARED_ROWS,
    {U"ʾ", U"ء"}, {U"ṯ", U"ث"}, {U"ǧ", U"ج"}, {U"ḫ", U"خ"}, {U"ḏ", U"ذ"}, {U"š", U"ش"}, {U"ʿ", U"ع"}, {U"ġ", U"غ"},
};
constexpr LatinRow iso_233[] = {
    KALIMA_SHARED_ROWS,
    {U"ʾ", U"ء"}, {U"ˈ", U"ء"}, {U"ˌ", U"ء"}, {U"ṯ", U"ث"}, {U"ǧ", U"ج"}, {U"ẖ", U"خ"}, {U"ḏ", U"ذ"}, {U"š", U"ش"},
    {U"ʿ", U"ع"}, {U"ġ", U"غ"}, {U"ẗ", U"ت"}, {U"aʾ", U"", vowel_a, true}, {U"iy", U"", vowel_i, true},
    {U"uw", U"", vowel_u, true}, {U"ỳ", U"", vowel_a, true}, {U"â", U"", vowel_a, true}, {U"î", U"", vowel_i, true},
    {U"û", U"", vowel_u, true},
};
constexpr LatinRow ala_lc[] = {
    KALIMA_SHARED_ROWS,
    {U"ʼ", U"ء"}, {U"’", U"ء"}, {U"'", U"ءع"}, {U"th", U"ث"}, {U"j", U"ج"}, {U"kh", U"خ"}, {U"dh", U"ذ"},
    {U"sh", U"ش"}, {U"ʻ", U"ع"}, {U"‘", U"ع"}, {U"`", U"ع"}, {U"gh", U"غ"}, {U"ʿ", U"ع"}, {U"ʾ", U"ء"},
};
constexpr LatinRow messages[] = {
    {U"'", U"ءع"}, {U"’", U"ءع"}, {U"‘", U"ءع"}, {U"`", U"ءع"}, {U"b", U"ب"}, {U"t", U"تط"}, {U"th", U"ث"},
    {U"j", U"ج"}, {U"g", U"جغ"}, {U"h", U"هح"}, {U"kh", U"خ"}, {U"d", U"دض"}, {U"dh", U"ذظض"}, {U"r", U"ر"},
    {U"z", U"زذظض"}, {U"zh", U"ذظ"}, {U"s", U"سصث"}, {U"sh", U"ش"}, {U"ch", U"ش"}, {U"gh", U"غ"}, {U"f", U"ف"},
    {U"q", U"ق"}, {U"k", U"كق"}, {U"l", U"ل"}, {U"m", U"م"}, {U"n", U"ن"}, {U"w", U"و"}, {U"y", U"ي"},
    {U"2", U"ء"}, {U"3", U"ع"}, {U"3'", U"غ"}, {U"5", U"خ"}, {U"6", U"ط"}, {U"6'", U"ظ"}, {U"7", U"ح"},
    {U"7'", U"خ"}, {U"8", U"قغ"}, {U"9", U"صق"}, {U"9'", U"ض"},
    {U"a", U"", vowel_a}, {U"e", U"", vowel_a | vowel_i}, {U"i", U"", vowel_i}, {U"o", U"", vowel_u},
    {U"u", U"", vowel_u}, {U"aa", U"", vowel_a}, {U"ee", U"", vowel_i}, {U"ii", U"", vowel_i}, {U"oo", U"", vowel_u},
    {U"ou", U"", vowel_u}, {U"uu", U"", vowel_u}, {U"ā", U"", vowel_a}, {U"ī", U"", vowel_i}, {U"ū", U"", vowel_u},
    {U"â", U"", vowel_a}, {U"î", U"", vowel_i}, {U"û", U"", vowel_u},
};
// clang-format on
#undef KALIMA_SHARED_ROWS

constexpr LatinSystem systems[] = {
    {"DIN 31635", din_31635, true},
    {"ISO 233", iso_233, true},
    {"ALA-LC", ala_lc, true},
    {"messages", messages, false},
};

bool separates(char32_t c) {
  return is_space(c) || c == '-' || c == '_' || c == '.' || c == ',' || c == ';' || c == ':' || c == '!' ||
         c == '?' || c == 0xAD || c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013;
}

bool is_apostrophe(std::u32string_view written) {
  return written == U"'" || written == U"’" || written == U"‘" || written == U"`";
}

void add_once(LatinText::Positions& list, std::uint16_t position) {
  const auto at = std::ranges::lower_bound(list, position);
  if (at == list.end() || *at != position) list.insert(at, position);
}

}  // namespace

std::span<const LatinSystem> latin_systems() { return systems; }

std::uint32_t letter_bit(char32_t letter) {
  const std::size_t at = sounded_letters.find(letter);
  return at == std::u32string_view::npos ? 0 : std::uint32_t{1} << at;
}

void LatinText::add(std::size_t at, std::size_t next, const LatinRow& row) {
  Option option{static_cast<std::uint16_t>(next), 0, row.vowels, row.is_long, is_apostrophe(row.written)};
  for (const char32_t letter : row.letters) option.letters |= letter_bit(letter);
  has_vowels_ = has_vowels_ || row.vowels != 0;
  has_lengths_ = has_lengths_ || row.is_long;
  options_[at].push_back(option);
}

bool LatinText::reads_all() const {
  std::vector<bool> reached(options_.size());
  reached[0] = true;
  for (std::size_t at = 0; at + 1 < options_.size(); ++at) {
    if (!reached[at]) continue;
    for (const Option& option : options_[at]) reached[option.next] = true;
  }
  return reached.back();
}

std::optional<LatinText> LatinText::read(std::string_view utf8) {
  if (utf8.size() > 4 * max_size) return std::nullopt;
  std::u32string text;
  std::vector<bool> first;  // of a word: no pair of letters goes over it
  bool begins = true, plain = true;
  for (const char32_t c : utf8::to_code_points(nfc(lower(utf8)))) {
    if (separates(c)) {
      begins = true;
      continue;
    }
    first.push_back(std::exchange(begins, false));
    text.push_back(c);
    plain = plain && c < 0x80;
  }
  if (text.empty() || text.size() > max_size) return std::nullopt;
  const auto read_by = [&](LatinText& out, const LatinSystem& system) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      for (const LatinRow& row : system.rows) {
        if (std::u32string_view(text).substr(at, row.written.size()) != row.written) continue;
        const std::size_t next = at + row.written.size();
        bool over = false;
        for (std::size_t i = at + 1; i < next; ++i) over = over || first[i];
        if (!over) out.add(at, next, row);
      }
    }
  };
  LatinText out;
  out.options_.resize(text.size() + 1);
  bool any = false;
  for (const LatinSystem& system : systems) {
    if (system.exact ? plain : any) continue;
    LatinText by_system;
    by_system.options_.resize(text.size() + 1);
    read_by(by_system, system);
    if (!by_system.reads_all()) continue;
    read_by(out, system);
    any = true;
    // Who writes the signs of scholars means a vowel without a stroke to be short.
    out.has_lengths_ = out.has_lengths_ || system.exact;
  }
  if (!any) {  // signs of several systems
    for (const LatinSystem& system : systems) read_by(out, system);
    if (!out.reads_all()) return std::nullopt;
  }
  return out;
}

// Adds what is reached without a sound.
void LatinText::close(Positions& positions, Agreement agreement) const {
  for (std::size_t i = 0; i < positions.size(); ++i) {
    for (const Option& option : options_[positions[i]]) {
      if (option.skipped || (option.vowels != 0 && agreement == Agreement::consonants))
        add_once(positions, option.next);
    }
  }
}

void LatinText::after(const Positions& positions, const Sound& sound, bool last, Agreement agreement,
                      Positions& out) const {
  out.clear();
  Positions from = positions;
  close(from, agreement);
  const auto consonant = [&](std::uint16_t at, std::uint32_t letters, auto reach) {
    for (const Option& option : options_[at]) {
      if ((option.letters & letters) != 0) reach(option.next);
    }
  };
  const auto vowel = [&](std::uint16_t at, auto reach) {
    for (const Option& option : options_[at]) {
      if ((option.vowels & sound.vowels) == 0) continue;
      if (agreement == Agreement::lengths && sound.kind == Sound::Kind::vowel && !sound.optional &&
          option.is_long != sound.is_long)
        continue;
      reach(option.next);
    }
  };
  const auto reach = [&](std::uint16_t next) { add_once(out, next); };
  for (const std::uint16_t at : from) {
    switch (sound.kind) {
      case Sound::Kind::consonant: {
        const std::uint32_t letter = letter_bit(sound.letter);
        consonant(at, letter, [&](std::uint16_t next) {
          reach(next);
          if (sound.doubled) consonant(next, letter, reach);
        });
        if (sound.vowels != 0) vowel(at, reach);  // ai and au for ay and aw
        if (sound.optional) reach(at);
        break;
      }
      case Sound::Kind::vowel:
        vowel(at, reach);
        if (sound.optional || agreement == Agreement::consonants || (last && !sound.is_long)) reach(at);
        break;
      case Sound::Kind::tanwin:
        vowel(at, [&](std::uint16_t next) {
          reach(next);
          consonant(next, letter_bit(U'ن'), reach);
        });
        reach(at);
        break;
      case Sound::Kind::ta_marbuta:
        consonant(at, letter_bit(U'ت') | letter_bit(U'ه'), reach);
        reach(at);
        break;
    }
  }
}

bool LatinText::at_end(const Positions& positions, Agreement agreement) const {
  Positions all = positions;
  close(all, agreement);
  return !all.empty() && all.back() == size();
}

}  // namespace kalima::text
