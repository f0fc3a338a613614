#include "importers/alignment.h"

#include "support/utf8.h"

namespace kalima::importers {
namespace {

constexpr char32_t hamza = 0x0621, alif_madda = 0x0622, alif_hamza = 0x0623, waw_hamza = 0x0624,
                   alif_hamza_below = 0x0625, ya_hamza = 0x0626, alif = 0x0627, ghain = 0x063A, fa = 0x0641,
                   waw = 0x0648, alif_maqsura = 0x0649, ya = 0x064A, alif_wasla = 0x0671,
                   last_letter = 0x06D3;

bool is_letter(char32_t c) {
  return (c >= hamza && c <= ghain) || (c >= fa && c <= ya) || (c >= alif_wasla && c <= last_letter);
}

// The letter that replaces `c` in a skeleton; 0 if `c` is left out.
char32_t bare(char32_t c) {
  switch (c) {
    case hamza:
    case alif_madda:
    case alif_hamza:
    case alif_hamza_below:
    case alif:
    case alif_wasla:
      return 0;
    case waw_hamza:
      return waw;
    case ya_hamza:
    case alif_maqsura:
      return ya;
    default:
      return is_letter(c) ? c : 0;
  }
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view from_to(std::string_view text, std::string_view first, std::string_view last) {
  const auto begin = static_cast<std::size_t>(first.data() - text.data());
  const auto end = static_cast<std::size_t>(last.data() - text.data()) + last.size();
  return text.substr(begin, end - begin);
}

constexpr std::size_t max_joined = 3;

}  // namespace

std::string skeleton(std::string_view arabic) {
  std::string out;
  for (std::size_t at = 0; at < arabic.size();) {
    if (const char32_t c = bare(utf8::decode(arabic, at)); c != 0) utf8::append(out, c);
  }
  return out;
}

bool has_letters(std::string_view arabic) {
  for (std::size_t at = 0; at < arabic.size();) {
    if (is_letter(utf8::decode(arabic, at))) return true;
  }
  return false;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    while (at < text.size() && !is_blank(text[at])) ++at;
    const std::string_view part = text.substr(start, at - start);
    const bool joins = !words.empty() && (!has_letters(part) || !has_letters(words.back()));
    if (joins) {
      words.back() = from_to(text, words.back(), part);
    } else {
      words.push_back(part);
    }
  }
  return words;
}

std::size_t basmala_end(std::string_view text) {
  static constexpr std::string_view basmala[] = {"بسم", "الله", "الرحمن", "الرحيم"};
  constexpr std::size_t size = std::size(basmala);
  const std::vector<std::string_view> words = split_words(text);
  if (words.size() <= size) return 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (skeleton(words[i]) != skeleton(basmala[i])) return 0;
  }
  return static_cast<std::size_t>(words[size].data() - text.data());
}

std::optional<std::vector<std::string_view>> align(std::string_view text,
                                                   const std::vector<std::string_view>& words,
                                                   const std::vector<std::string>& skeletons) {
  if (words.size() < skeletons.size()) return std::nullopt;
  std::size_t extra = words.size() - skeletons.size();
  std::vector<std::string_view> out;
  std::size_t at = 0;
  // `at` stays below words.size(): at - out.size() is the amount by which `extra` has decreased.
  for (const std::string& wanted : skeletons) {
    std::size_t taken = 1;
    if (extra > 0 && skeleton(words[at]) != wanted) {
      for (std::size_t joined = 2; joined <= max_joined && joined <= extra + 1; ++joined) {
        if (skeleton(from_to(text, words[at], words[at + joined - 1])) != wanted) continue;
        taken = joined;
        break;
      }
    }
    out.push_back(from_to(text, words[at], words[at + taken - 1]));
    at += taken;
    extra -= taken - 1;
  }
  if (extra != 0) return std::nullopt;
  return out;
}

}  // namespace kalima::importers
