// Looks up runs of 1 to 12 words of each edition in the text, word by word as the search does, and compares the places
// with the true ones. Reads the folder that prepare.py writes; prints a line of tab-separated figures for each edition,
// and with --explain the pairs of words that were missed or found wrongly.
//
//   kalima_editions FOLDER STRIDE [--explain]    every STRIDEth run is looked up
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "support/files.h"
#include "support/utf8.h"
#include "text/joined.h"
#include "text/ladder.h"
#include "text/tokens.h"

using namespace kalima;
using text::Step;

namespace {

constexpr std::size_t max_run = 12;
using Ids = std::vector<std::uint32_t>;

std::vector<std::string_view> split(std::string_view line, char at) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(at, begin), line.size());
    out.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::uint32_t number(std::string_view text) {
  return static_cast<std::uint32_t>(std::strtoul(std::string(text).c_str(), nullptr, 10));
}

class Names {
 public:
  std::uint32_t id(std::string_view name) {
    const auto [it, is_new] = ids_.emplace(std::string(name), static_cast<std::uint32_t>(all_.size()));
    if (is_new) all_.push_back(it->first);
    return it->second;
  }
  const std::vector<std::string>& all() const { return all_; }

 private:
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<std::string> all_;
};

// The words of the text.
struct Text {
  explicit Text(const std::string& content) {
    Names letters;
    for (const std::string_view line : split(content, '\n')) {
      const auto cells = split(line, '\t');
      if (cells.size() != 4) continue;
      verse.push_back(number(cells[0]));
      key.push_back(letters.id(cells[1]));
      pattern.push_back(patterns.id(cells[2]));
      word.push_back(words.id(cells[3]));
    }
    places_of_key.resize(letters.all().size());
    for (std::uint32_t i = 0; i < word.size(); ++i) places_of_key[key[i]].push_back(i);
    places.resize(words.all().size());
    for (std::uint32_t i = 0; i < word.size(); ++i) places[word[i]].push_back(i);
    for (std::uint32_t i = 0; i < words.all().size(); ++i) {
      prepared.emplace_back(utf8::to_code_points(words.all()[i]));
      by_key[text::match_key(prepared.back().letters)].push_back(i);
    }
  }

  // Each distinct word that matches, by its number, with the step.
  std::vector<std::pair<std::uint32_t, Step>> matching(std::u32string_view typed) const {
    std::vector<std::pair<std::uint32_t, Step>> out;
    const text::Word query(typed);
    const auto found = by_key.find(text::match_key(query.letters));
    if (found == by_key.end()) return out;
    for (const std::uint32_t candidate : found->second) {
      if (const auto step = text::match(query, prepared[candidate])) out.emplace_back(candidate, *step);
    }
    return out;
  }

  Names words, patterns;
  Ids verse, word, key, pattern;
  std::vector<Ids> places, places_of_key;
  std::vector<text::Word> prepared;
  std::unordered_map<std::string, Ids> by_key;
};

struct EditionWord {
  std::uint32_t verse, first, last, id;
};

// Whether two words that have the same letters in modern spelling have no vowels that contradict: as the step
// partial_vowels says, but of the marks as prepare.py reads them. Where one word has more letters, the weak ones are left out.
bool agree(const std::string& a, const std::string& b) {
  const auto letters = [](const std::string& pattern, bool weak) {
    std::vector<std::u32string> out;
    for (const std::string_view part : split(pattern, ' ')) {
      const std::u32string letter = utf8::to_code_points(part);
      if (!letter.empty() &&
          (weak || std::u32string_view(U"اويء").find(letter[0]) == std::u32string_view::npos))
        out.push_back(letter);
    }
    return out;
  };
  auto x = letters(a, true), y = letters(b, true);
  if (x.size() != y.size()) {
    x = letters(a, false);
    y = letters(b, false);
  }
  // لل and ل: the endings decide.
  const std::size_t common = std::min(x.size(), y.size());
  x.erase(x.begin(), x.end() - static_cast<std::ptrdiff_t>(common));
  y.erase(y.begin(), y.end() - static_cast<std::ptrdiff_t>(common));
  for (std::size_t i = 0; i < common; ++i) {
    const auto marks = [&](const std::u32string& letter) {
      const bool doubled = letter.find(U'~') != std::u32string::npos;
      std::u32string vowels = letter.substr(1);
      std::erase(vowels, U'~');
      return std::pair(vowels, doubled);
    };
    const auto [vowel_x, doubled_x] = marks(x[i]);
    const auto [vowel_y, doubled_y] = marks(y[i]);
    if ((vowel_x.empty() && !doubled_x) || (vowel_y.empty() && !doubled_y)) continue;
    if (!vowel_x.empty() && !vowel_y.empty() && vowel_x != vowel_y) return false;
    if (i > 0 && doubled_x != doubled_y) return false;
  }
  return true;
}

struct State {
  std::uint32_t start, next;
  Step step;
};

struct Count {
  std::size_t truth = 0, found = 0, both = 0;
  void add(const Ids& is_true, const Ids& is_found) {
    truth += is_true.size();
    found += is_found.size();
    for (std::size_t i = 0, j = 0; i < is_true.size() && j < is_found.size();) {
      if (is_true[i] == is_found[j]) ++both;
      if (is_true[i] < is_found[j]) {
        ++i;
      } else if (is_true[i] > is_found[j]) {
        ++j;
      } else {
        ++i;
        ++j;
      }
    }
  }
  double recall() const { return truth == 0 ? 1 : static_cast<double>(both) / static_cast<double>(truth); }
  double precision() const { return found == 0 ? 1 : static_cast<double>(both) / static_cast<double>(found); }
};

class Measure {
 public:
  Measure(const Text& text, const std::string& content, bool explain) : text_(text), explain_(explain) {
    const auto lines = split(content, '\n');
    const auto head = split(lines[0], '\t');
    std::vector<std::string> patterns(text.word.size());
    name_ = head[0];
    kind_ = head[1];
    for (const std::string_view line : lines) {
      const auto cells = split(line, '\t');
      if (cells.size() != 5) continue;
      words_.push_back({number(cells[0]), number(cells[1]), number(cells[2]), names_.id(cells[4])});
      const EditionWord& word = words_.back();
      std::string& pattern = patterns[word.first];
      pattern += (pattern.empty() ? "" : " ") + std::string(cells[3]);
    }
    for (const std::string& pattern : patterns) pattern_.push_back(vowels_.id(pattern));
    for (const std::string& word : names_.all()) {
      code_points_.push_back(utf8::to_code_points(word));
      matching_.push_back(text.matching(code_points_.back()));
    }
  }

  void run(std::size_t stride) {
    for (std::size_t p = 0; p < words_.size(); p += stride) from(p);
    std::printf("%s\t%s\t%zu\t%zu\t%.5f\t%.5f\t%.5f\t%.5f\n", name_.c_str(), kind_.c_str(), runs_, own_,
                strict_.recall(), strict_.precision(), loose_.recall(), loose_.precision());
    for (const auto& [what, times] : explained_)
      std::fprintf(stderr, "%zu\t%s\t%s\n", times, name_.c_str(), what.c_str());
  }

 private:
  // All runs that begin with word p.
  void from(std::size_t p) {
    const EditionWord& first = words_[p];
    if (p > 0 && words_[p - 1].verse == first.verse && words_[p - 1].last >= first.first)
      return;  // inside a word
    // Where the words up to n, and up to n - 1, lead.
    std::vector<State> before, now;
    std::uint32_t known = first.first;  // the words of the text up to here are in truth
    Ids truth[2] = {{}, text_.places_of_key[text_.key[known]]};
    std::copy_if(truth[1].begin(), truth[1].end(), std::back_inserter(truth[0]),
                 [&](std::uint32_t place) { return agreeing(place, known); });
    for (std::size_t n = 1; n <= max_run && p + n <= words_.size(); ++n) {
      const EditionWord& last = words_[p + n - 1];
      if (last.verse != first.verse) return;
      std::vector<State> next = n == 1 ? begun(matching_[last.id]) : extended(now, matching_[last.id]);
      if (n >= 2) {
        const auto pair = matching_pair(words_[p + n - 2].id, last.id);
        if (!pair.empty()) add(next, n == 2 ? begun(pair) : extended(before, pair));
      }
      before = std::move(now);
      now = std::move(next);
      for (; known < last.last; ++known) {
        for (std::size_t k = 0; k < 2; ++k) truth[k] = longer(truth[k], first.first, known + 1, k);
      }
      const bool whole =
          p + n == words_.size() || words_[p + n].verse != last.verse || words_[p + n].first > last.last;
      if (whole) compare(p, n, now, truth);
    }
  }

  void compare(std::size_t p, std::size_t n, const std::vector<State>& now, const Ids (&truth)[2]) {
    Ids strict, loose;
    for (const State& state : now) {
      if (state.step < Step::no_vowels && (strict.empty() || strict.back() != state.start))
        strict.push_back(state.start);
      if (loose.empty() || loose.back() != state.start) loose.push_back(state.start);
    }
    ++runs_;
    const bool own = std::binary_search(strict.begin(), strict.end(), words_[p].first);
    own_ += own ? 1 : 0;
    if (explain_ && !own && n <= 2) {
      ++explained_["itself " + names_.all()[words_[p].id] +
                   (n == 2 ? ' ' + names_.all()[words_[p + 1].id] : "") + " (" +
                   text_.words.all()[text_.word[words_[p].first]] + ')'];
    }
    const Ids& wanted = truth[0];
    strict_.add(wanted, strict);
    loose_.add(truth[1], loose);
    if (explain_ && n == 1) {
      explain("missed", words_[p], wanted, strict);
      explain("wrong", words_[p], strict, wanted);
      explain("missed loosely", words_[p], truth[1], loose);
      explain("wrong loosely", words_[p], loose, truth[1]);
    }
  }

  void explain(const char* what, const EditionWord& word, const Ids& these, const Ids& those) {
    Ids only;
    std::set_difference(these.begin(), these.end(), those.begin(), those.end(), std::back_inserter(only));
    for (const std::uint32_t place : only) {
      ++explained_[std::string(what) + ' ' + names_.all()[word.id] + " (" +
                   text_.words.all()[text_.word[word.first]] + ") ~ " + text_.words.all()[text_.word[place]]];
    }
  }

  using Matching = std::vector<std::pair<std::uint32_t, Step>>;

  std::vector<State> begun(const Matching& matching) const {
    std::vector<State> out;
    for (const auto& [id, step] : matching) {
      for (const std::uint32_t place : text_.places[id]) out.push_back({place, place + 1, step});
    }
    std::sort(out.begin(), out.end(), [](const State& a, const State& b) { return a.start < b.start; });
    return out;
  }

  std::vector<State> extended(const std::vector<State>& states, const Matching& matching) const {
    std::vector<State> out;
    for (const State& state : states) {
      if (state.next == text_.word.size() || text_.verse[state.next] != text_.verse[state.start]) continue;
      const std::uint32_t word = text_.word[state.next];
      const auto it = std::lower_bound(matching.begin(), matching.end(), word,
                                       [](const auto& m, std::uint32_t wanted) { return m.first < wanted; });
      if (it != matching.end() && it->first == word)
        out.push_back({state.start, state.next + 1, std::max(state.step, it->second)});
    }
    return out;
  }

  static void add(std::vector<State>& states, const std::vector<State>& more) {
    states.insert(states.end(), more.begin(), more.end());
    std::stable_sort(states.begin(), states.end(),
                     [](const State& a, const State& b) { return a.start < b.start; });
  }

  // Two words of the edition that its spelling separates and the text joins.
  const Matching& matching_pair(std::uint32_t a, std::uint32_t b) {
    const auto [it, is_new] = pairs_.try_emplace({a, b});
    if (!is_new) return it->second;
    const std::u32string_view both[] = {code_points_[a], code_points_[b]};
    for (const text::Joined& joined : text::joined(both)) {
      if (!joined.is_spelling) continue;
      const auto more = text_.matching(joined.word);
      it->second.insert(it->second.end(), more.begin(), more.end());
    }
    std::sort(it->second.begin(), it->second.end());
    return it->second;
  }

  Ids longer(const Ids& starts, std::uint32_t from, std::uint32_t to, std::size_t k) {
    Ids out;
    for (const std::uint32_t start : starts) {
      const std::uint32_t at = start + (to - from);
      if (at < text_.word.size() && text_.verse[at] == text_.verse[start] && text_.key[at] == text_.key[to] &&
          (k == 1 || agreeing(at, to)))
        out.push_back(start);
    }
    return out;
  }

  // Whether the text at `place` has no vowels that contradict those of the edition at `own`.
  bool agreeing(std::uint32_t place, std::uint32_t own) {
    const std::uint32_t x = text_.pattern[place], y = pattern_[own];
    const auto [it, is_new] = agreeing_.try_emplace(static_cast<std::uint64_t>(x) << 32 | y);
    if (is_new) it->second = agree(text_.patterns.all()[x], vowels_.all()[y]);
    return it->second;
  }

  const Text& text_;
  const bool explain_;
  Names vowels_;
  Ids pattern_;  // of each word of the text, the vowels that the edition has there
  std::unordered_map<std::uint64_t, bool> agreeing_;
  std::string name_, kind_;
  Names names_;
  std::vector<EditionWord> words_;
  std::vector<std::u32string> code_points_;
  std::vector<Matching> matching_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Matching> pairs_;
  std::size_t runs_ = 0, own_ = 0;
  Count strict_, loose_;
  std::map<std::string, std::size_t> explained_;
};

// The tokenizer finds the words that prepare.py found, in the verses as the edition has them.
bool same_words(const std::string& verses, const std::string& words) {
  std::map<std::uint32_t, std::vector<std::u32string>> expected;
  for (const std::string_view line : split(words, '\n')) {
    const auto cells = split(line, '\t');
    if (cells.size() == 5) expected[number(cells[0])].push_back(utf8::to_code_points(cells[4]));
  }
  bool same = true;
  for (const std::string_view line : split(verses, '\n')) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    const auto& wanted = expected[number(line.substr(0, tab))];
    std::vector<std::u32string> found;
    for (const text::Token& token : text::tokens(utf8::to_code_points(line.substr(tab + 1)))) {
      found.push_back(text::normal_form(Step::plain, token.word));
    }
    std::vector<std::u32string> plain;
    for (const auto& word : wanted) plain.push_back(text::normal_form(Step::plain, word));
    if (found == plain) continue;
    std::fprintf(stderr, "other words than expected: %s\n", std::string(line).c_str());
    same = false;
  }
  return same;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: kalima_editions FOLDER STRIDE [--explain]\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const Text text(files::read(folder / "words.tsv"));
  std::vector<std::filesystem::path> editions;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".tsv" && entry.path().filename() != "words.tsv")
      editions.push_back(entry.path());
  }
  std::sort(editions.begin(), editions.end());
  bool same = true;
  for (const auto& edition : editions) {
    const std::string words = files::read(edition);
    auto verses = edition;
    same &= same_words(files::read(verses.replace_extension(".verses")), words);
    Measure(text, words, argc > 3).run(static_cast<std::size_t>(std::max(1, std::atoi(argv[2]))));
    std::fflush(stdout);
  }
  return same ? 0 : 1;
}
