// The whole corpus, if available: modern spellings of the treebank file must find their Uthmani words.
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>

#include "shared_data.h"
#include "support/files.h"
#include "support/utf8.h"
#include "testing.h"
#include "text/ladder.h"
#include "text/unicode.h"

using namespace kalima;
using text::Step;
using text::Word;

namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

using WordPlace = std::array<int, 3>;  // surah, ayah, word

// The treebank's words in modern spelling: the column imlaai_token of a word's segments, put together.
std::map<WordPlace, std::string> modern_words(const std::filesystem::path& file) {
  std::string text;
  REQUIRE(utf8::from_utf16(files::read(file), text));
  std::map<WordPlace, std::string> out;
  std::size_t location = 0, token = 0;
  for (std::string_view line : split(text, '\n')) {
    const auto cells = split(line, '\t');
    if (token == 0) {
      location = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "location") - cells.begin());
      token = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "imlaai_token") - cells.begin());
      REQUIRE(token < cells.size());
      continue;
    }
    WordPlace place{};
    if (cells.size() <= token || std::sscanf(std::string(cells[location]).c_str(), "(%d:%d:%d:", &place[0],
                                             &place[1], &place[2]) != 3) {
      continue;
    }
    out[place] += cells[token];
  }
  return out;
}

std::string utf8_of(std::u32string_view word) {
  std::string out;
  for (const char32_t c : word) utf8::append(out, c);
  return out;
}

}  // namespace

TEST_CASE("modern spellings of the whole corpus find their words, and few others") {
  const auto data = testing::full_data({"quranic/Quranic/Quranic.csv", "text/quran-clean.txt"});
  if (!data) return;
  const auto modern = modern_words(*data / "quranic" / "Quranic" / "Quranic.csv");
  const std::string text = files::read(*data / "text" / "quran-clean.txt");
  // The Uthmani words of each modern one. The text has the basmala, of four words, before most surahs; verses
  // whose words do not come out even say nothing.
  std::map<std::string, std::set<std::string>> words;
  auto line = split(text, '\n');
  std::size_t number = 0;
  std::set<std::string> vocabulary;
  for (auto it = modern.begin(); it != modern.end(); ++number) {
    std::vector<std::string> verse;
    for (const WordPlace first = it->first;
         it != modern.end() && it->first[0] == first[0] && it->first[1] == first[1]; ++it) {
      verse.push_back(it->second);
    }
    REQUIRE(number < line.size());
    const auto uthmani = text::words(line[number]);
    for (const auto word : uthmani) vocabulary.emplace(word);
    const std::size_t more = uthmani.size() - verse.size();
    if (more != 0 && more != 4) continue;
    for (std::size_t w = 0; w < verse.size(); ++w) words[verse[w]].emplace(uthmani[w + more]);
  }
  REQUIRE(words.size() > 15000);

  struct Candidate {
    std::string written, letters;
    Word word;
  };
  std::map<std::string, std::vector<Candidate>> by_key;
  std::map<std::string, std::set<std::string>> letters_by_key;
  for (const std::string& uthmani : vocabulary) {
    const std::u32string points = utf8::to_code_points(uthmani);
    const Word word(points);
    const std::string key = text::match_key(word.letters),
                      letters = utf8_of(text::normal_form(Step::folded, points));
    by_key[key].push_back({uthmani, letters, word});
    letters_by_key[key].insert(letters);
  }

  std::size_t found = 0, with_others = 0, others = 0, candidates = 0;
  std::string misses;
  std::size_t missed = 0;
  for (const auto& [form, own] : words) {
    const Word query(utf8::to_code_points(form));
    bool finds = false;
    std::set<std::string> own_letters, other_letters;
    for (const std::string& uthmani : own) {
      own_letters.insert(utf8_of(text::normal_form(Step::folded, utf8::to_code_points(uthmani))));
    }
    const auto& bucket = by_key[text::match_key(query.letters)];
    candidates += letters_by_key[text::match_key(query.letters)].size();
    for (const Candidate& candidate : bucket) {
      if (!match(query, candidate.word)) continue;
      finds = finds || own.contains(candidate.written);
      if (!own_letters.contains(candidate.letters)) other_letters.insert(candidate.letters);
    }
    found += finds ? 1 : 0;
    if (!finds && ++missed <= 20) misses += ' ' + form + '~' + *own.begin();
    with_others += other_letters.empty() ? 0 : 1;
    others += other_letters.size();
  }
  const auto share = [&](std::size_t n) {
    return 100.0 * static_cast<double>(n) / static_cast<double>(words.size());
  };
  std::printf("%zu of %zu modern forms find their word (%.2f %%); first misses:%s\n", found, words.size(),
              share(found), misses.c_str());
  std::printf(
      "%zu keys for %zu words; words of other letters: %.2f a form share the key, %.3f match, for %.2f %% of "
      "the forms\n",
      by_key.size(), vocabulary.size(),
      static_cast<double>(candidates) / static_cast<double>(words.size()) - 1,
      static_cast<double>(others) / static_cast<double>(words.size()), share(with_others));
  CHECK(share(found) >= 95.0);
  CHECK(share(with_others) <= 10.0);
}
