#include "search/english_spelling.h"

#include <array>
#include <utility>

namespace kalima::search {
namespace {

// Either may be written for the other.
constexpr std::pair<std::string_view, std::string_view> spellings[] = {
    {"our", "or"},       {"ise", "ize"},     {"isi", "izi"},      {"isa", "iza"},  {"yse", "yze"},
    {"gement", "gment"}, {"fence", "fense"}, {"tence", "tense"},  {"tre", "ter"},  {"lled", "led"},
    {"lling", "ling"},   {"ller", "ler"},    {"llment", "lment"}, {"fill", "fil"}, {"grey", "gray"},
    {"ough", "ow"},      {"mould", "mold"},  {"aes", "es"},       {"ogue", "og"},  {"sceptic", "skeptic"},
    {"axe", "ax"},
};

// Forms of one word that no stem joins.
constexpr std::pair<std::string_view, std::string_view> forms[] = {
    {"man", "men"},     {"woman", "women"},      {"wife", "wives"},   {"child", "children"},
    {"foot", "feet"},   {"tooth", "teeth"},      {"ox", "oxen"},      {"mouse", "mice"},
    {"goose", "geese"}, {"life", "lives"},       {"knife", "knives"}, {"leaf", "leaves"},
    {"loaf", "loaves"}, {"wolf", "wolves"},      {"calf", "calves"},  {"thief", "thieves"},
    {"half", "halves"}, {"brother", "brethren"},
};

}  // namespace

std::vector<std::string> other_spellings(std::string_view word) {
  std::vector<std::string> out;
  const auto replace = [&](std::string_view what, std::string_view by) {
    for (std::size_t at = word.find(what); at != std::string_view::npos; at = word.find(what, at + 1)) {
      std::string other(word);
      other.replace(at, what.size(), by);
      if (other != word) out.push_back(std::move(other));
    }
  };
  for (const auto& [one, other] : spellings) {
    replace(one, other);
    replace(other, one);
  }
  for (const auto& [one, other] : forms) {
    if (word == one) out.emplace_back(other);
    if (word == other) out.emplace_back(one);
  }
  return out;
}

}  // namespace kalima::search
