#include "search/root_letters.h"

#include <algorithm>
#include <limits>

#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/unicode.h"

namespace kalima::search {
namespace {

constexpr char32_t alif = 0x0627, waw = 0x0648, ya = 0x064A, kaf = 0x0643, ha = 0x0647, shadda = 0x0651;

bool is_sign(char32_t c) {
  return (c >= 0x0610 && c <= 0x061A) || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
         (c >= 0x06D6 && c <= 0x06DC) || (c >= 0x06DF && c <= 0x06E8) || (c >= 0x06EA && c <= 0x06ED);
}

bool is_letter(char32_t c) {
  return (c >= 0x0620 && c <= 0x064A) || (c >= 0x066E && c <= 0x06D3) || c == 0x06D5;
}

char32_t hamza_folded(char32_t c) {
  if ((c >= 0x0621 && c <= 0x0626) || (c >= 0x0671 && c <= 0x0675)) return alif;
  switch (c) {
    case 0x0649:  // alif maqsura
    case 0x06CC:  // Persian
    case 0x06D2:  // Urdu, at the end of a word
      return ya;
    case 0x06A9:  // Persian
      return kaf;
    case 0x06BE:  // Urdu, in digraphs
    case 0x06C1:  // Urdu
    case 0x06D5:
      return ha;
    default:
      return c;
  }
}

struct Latin {
  std::u32string_view typed;  // in lower case
  std::string_view letters;
};

// Single letters, pairs of letters, signs of romanizations, digits as used in chats.
constexpr Latin latin[] = {
    {U"a", "AwyE"}, {U"b", "b"},       {U"d", "dD"},      {U"e", "EAy"}, {U"f", "f"},  {U"g", "gj"},
    {U"h", "hH"},   {U"i", "yA"},      {U"j", "j"},       {U"k", "k"},   {U"l", "l"},  {U"m", "m"},
    {U"n", "n"},    {U"o", "w"},       {U"q", "q"},       {U"r", "r"},   {U"s", "sS"}, {U"t", "tT"},
    {U"u", "w"},    {U"v", "v"},       {U"w", "w"},       {U"x", "x"},   {U"y", "y"},  {U"z", "zZ"},
    {U"$", "$"},    {U"*", "*"},       {U"'", "AE"},      {U"`", "EA"},  {U"sh", "$"}, {U"th", "v"},
    {U"kh", "x"},   {U"dh", "*Z"},     {U"gh", "g"},      {U"dj", "j"},  {U"zh", "Z"}, {U"ā", "A"},
    {U"ī", "y"},    {U"ū", "w"},       {U"š", "$"},       {U"ġ", "g"},   {U"ḡ", "g"},  {U"ǧ", "j"},
    {U"ḍ", "D"},    {U"ḏ", "*"},       {U"ḥ", "H"},       {U"ḫ", "x"},   {U"ẖ", "x"},  {U"ṣ", "S"},
    {U"ṭ", "T"},    {U"ṯ", "v"},       {U"ẓ", "Z"},       {U"ʿ", "E"},   {U"ʾ", "A"},  {U"ʻ", "E"},
    {U"ʼ", "A"},    {U"\u2018", "EA"}, {U"\u2019", "AE"}, {U"2", "A"},   {U"3", "E"},  {U"5", "x"},
    {U"6", "T"},    {U"7", "H"},       {U"9", "S"},
};

}  // namespace

bool separates_letters(char32_t c) {
  if (text::is_space(c)) return true;
  switch (c) {
    case '-':
    case '_':
    case '.':
    case ',':
    case '/':
    case '+':
    case 0x00B7:  // middle dot
    case 0x060C:  // Arabic comma
    case 0x061C:  // Arabic letter mark
    case 0x0640:  // tatweel
    case 0x2212:  // minus
    case 0xFEFF:
      return true;
    default:
      // Dashes, joiners and direction marks.
      return (c >= 0x2010 && c <= 0x2015) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
             (c >= 0x2060 && c <= 0x2069);
  }
}

std::optional<std::u32string> arabic_letters(std::u32string_view text) {
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80 || separates_letters(c); });
  std::u32string letters;
  bool doubled = false;  // the previous letter
  for (char32_t c : text) {
    if (separates_letters(c)) continue;
    if (ascii) c = text::arabic_letter(static_cast<char>(c)).value_or(U' ');
    if (c == shadda) doubled = true;
    if (is_sign(c)) continue;
    if (!is_letter(c)) return std::nullopt;
    letters.push_back(c);
    doubled = false;
  }
  if (doubled && letters.size() == 2) letters.push_back(letters.back());
  return letters;
}

std::u32string with_hamza_folded(std::u32string letters) {
  std::transform(letters.begin(), letters.end(), letters.begin(), hamza_folded);
  return letters;
}

std::u32string with_weak_folded(std::u32string letters) {
  letters = with_hamza_folded(std::move(letters));
  std::replace_if(
      letters.begin(), letters.end(), [](char32_t c) { return c == waw || c == ya; }, alif);
  return letters;
}

LatinReading::LatinReading(std::string_view text) {
  // Separators are kept as one, so that no digraph spans them.
  std::u32string typed;
  for (const char32_t c : utf8::to_code_points(text::lower(text))) {
    typed.push_back(separates_letters(c) ? U' ' : c);
  }
  while (!typed.empty() && typed.back() == U' ') typed.pop_back();
  choices_.resize(typed.size());
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const std::size_t from = std::min(typed.find_first_not_of(U' ', i), typed.size());
    for (const Latin& row : latin) {
      if (typed.compare(from, row.typed.size(), row.typed) == 0) {
        choices_[i].push_back({from + row.typed.size(), row.letters});
      }
    }
  }
}

std::optional<std::size_t> LatinReading::distance(std::string_view root) const {
  const auto starts = [&](const Choice& choice) {
    return choice.letters.find(root[0]) != std::string_view::npos;
  };
  if (root.empty() || choices_.empty() || std::none_of(choices_[0].begin(), choices_[0].end(), starts)) {
    return std::nullopt;  // most roots
  }
  constexpr std::size_t unreachable = std::numeric_limits<std::size_t>::max();
  // The smallest distance at which each position is reached.
  std::vector<std::size_t> reached(choices_.size() + 1, unreachable);
  reached[0] = 0;
  for (const char letter : root) {
    std::vector<std::size_t> next(reached.size(), unreachable);
    bool any = false;
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (reached[i] == unreachable) continue;
      for (const Choice& choice : choices_[i]) {
        const std::size_t place = choice.letters.find(letter);
        if (place == std::string_view::npos) continue;
        next[choice.next] = std::min(next[choice.next], reached[i] + place);
        any = true;
      }
    }
    if (!any) return std::nullopt;
    reached = std::move(next);
  }
  if (reached.back() == unreachable) return std::nullopt;
  return reached.back();
}

}  // namespace kalima::search
