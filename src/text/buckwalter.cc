#include "text/buckwalter.h"

#include <array>
#include <cstddef>
#include <utility>

#include "support/utf8.h"

namespace kalima::text {
namespace {

// clang-format off
constexpr std::pair<char, char32_t> letters[] = {
    {'\'', 0x0621}, {'>', 0x0623}, {'&', 0x0624}, {'<', 0x0625}, {'}', 0x0626}, {'A', 0x0627}, {'b', 0x0628},
    {'p', 0x0629}, {'t', 0x062A}, {'v', 0x062B}, {'j', 0x062C}, {'H', 0x062D}, {'x', 0x062E}, {'d', 0x062F},
    {'*', 0x0630}, {'r', 0x0631}, {'z', 0x0632}, {'s', 0x0633}, {'$', 0x0634}, {'S', 0x0635}, {'D', 0x0636},
    {'T', 0x0637}, {'Z', 0x0638}, {'E', 0x0639}, {'g', 0x063A}, {'_', 0x0640}, {'f', 0x0641}, {'q', 0x0642},
    {'k', 0x0643}, {'l', 0x0644}, {'m', 0x0645}, {'n', 0x0646}, {'h', 0x0647}, {'w', 0x0648}, {'Y', 0x0649},
    {'y', 0x064A},
    // Vowel signs and the like.
    {'F', 0x064B}, {'N', 0x064C}, {'K', 0x064D}, {'a', 0x064E}, {'u', 0x064F}, {'i', 0x0650}, {'~', 0x0651},
    {'o', 0x0652}, {'^', 0x0653}, {'#', 0x0654}, {'`', 0x0670}, {'{', 0x0671},
    // Signs of the Uthmani script.
    {':', 0x06DC}, {'@', 0x06DF}, {'"', 0x06E0}, {'[', 0x06E2}, {';', 0x06E3}, {',', 0x06E5}, {'.', 0x06E6},
    {'!', 0x06E8}, {'-', 0x06EA}, {'+', 0x06EB}, {'%', 0x06EC}, {']', 0x06ED},
    // The same on both sides.
    {' ', ' '}, {'0', '0'}, {'1', '1'}, {'2', '2'}, {'3', '3'}, {'4', '4'}, {'5', '5'},
    {'6', '6'}, {'7', '7'}, {'8', '8'}, {'9', '9'},
};
// clang-format on

constexpr std::size_t ascii = 0x80;
constexpr char32_t first_arabic = 0x0600;
constexpr std::size_t arabic_block = 0x100;

// 0 if there is none.
constexpr auto to_arabic = [] {
  std::array<char32_t, ascii> table{};
  for (const auto& [latin, arabic] : letters) table[static_cast<std::size_t>(latin)] = arabic;
  return table;
}();
constexpr auto from_arabic = [] {
  std::array<char, arabic_block> table{};
  for (const auto& [latin, arabic] : letters) {
    if (arabic >= first_arabic) table[arabic - first_arabic] = latin;
  }
  return table;
}();

}  // namespace

std::optional<char32_t> arabic_letter(char buckwalter) {
  const auto at = static_cast<unsigned char>(buckwalter);
  if (at >= ascii || to_arabic[at] == 0) return std::nullopt;
  return to_arabic[at];
}

std::optional<char> buckwalter_letter(char32_t arabic) {
  if (arabic == ' ' || (arabic >= '0' && arabic <= '9')) return static_cast<char>(arabic);
  if (arabic < first_arabic || arabic - first_arabic >= arabic_block) return std::nullopt;
  const char latin = from_arabic[arabic - first_arabic];
  if (latin == 0) return std::nullopt;
  return latin;
}

std::optional<std::string> arabic_from_buckwalter(std::string_view buckwalter) {
  std::string out;
  out.reserve(buckwalter.size() * 2);
  for (const char c : buckwalter) {
    const auto letter = arabic_letter(c);
    if (!letter) return std::nullopt;
    utf8::append(out, *letter);
  }
  return out;
}

std::optional<std::string> buckwalter_from_arabic(std::string_view arabic) {
  std::string out;
  out.reserve(arabic.size() / 2);
  for (std::size_t at = 0; at < arabic.size();) {
    const auto letter = buckwalter_letter(utf8::decode(arabic, at));
    if (!letter) return std::nullopt;
    out += *letter;
  }
  return out;
}

}  // namespace kalima::text
