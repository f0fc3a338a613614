#include "importers/alignment.h"

#include "text/skeleton.h"

namespace kalima::importers {

using text::has_letters;
using text::skeleton;

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view from_to(std::string_view text, std::string_view first, std::string_view last) {
  const auto begin = static_cast<std::size_t>(first.data() - text.data());
  const auto end = static_cast<std::size_t>(last.data() - text.data()) + last.size();
  return text.substr(begin, end - begin);
}

constexpr std::size_t max_joined = 3;

}  // namespace

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
