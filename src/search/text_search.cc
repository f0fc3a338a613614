#include "search/text_search.h"

#include <algorithm>
#include <optional>

namespace kalima::search {

using text::Step;
using text::Word;

namespace {

// Verses between two checks of the clock.
constexpr std::uint32_t verses_at_once = 64;
// Comparisons of words between two checks of the clock.
constexpr std::size_t words_at_once = 256;

// An entry that matches a word of the query, with its best match.
struct Matched {
  std::uint32_t entry;
  std::uint32_t begin;
  Step step;
};

class Search {
 public:
  Search(const WordFile& file, const TextQuery& query, const TextOptions& options)
      : file_(file), query_(query), options_(options) {}

  TextFound run() {
    const std::size_t size = query_.words.size();
    for (std::size_t i = 0; i < size; ++i) {
      one_.push_back(matching(query_.words[i], Step::exact));
      // Modern spelling separates what the text joins: يا أيها.
      const bool join = i + 1 < size && options_.loosest >= Step::modern_spelling;
      two_.push_back(
          join ? matching(Word(query_.words[i].written + query_.words[i + 1].written), Step::modern_spelling)
               : std::vector<Matched>{});
      if (found_.partial || (i == 0 && one_[0].empty() && two_[0].empty())) return std::move(found_);
    }
    starts_.assign(file_.entries(), 0);
    for (const auto* list : {&one_[0], &two_[0]}) {
      for (const Matched& m : *list) starts_[m.entry] = 1;
    }
    for (std::uint32_t verse = 0; verse < file_.verses(); ++verse) {
      if (verse % verses_at_once == 0 && expired()) break;
      walk(verse);
    }
    return std::move(found_);
  }

 private:
  bool expired() { return found_.partial = found_.partial || options_.expired(); }

  // The entries that match `word`, in order. Steps before `strictest` are reported as `strictest`.
  std::vector<Matched> matching(const Word& word, Step strictest) {
    std::vector<Matched> out;
    if (word.written.size() > text::longest_word) return out;
    std::size_t compared = 0;
    for (const KeyedWord& candidate : file_.keys().find(text::match_key(word.letters))) {
      if (++compared % words_at_once == 0 && expired()) break;
      if (candidate.begin() != 0 && !options_.proclitics) continue;
      const std::u32string_view rest = file_.entry(candidate.entry).substr(candidate.begin());
      const auto step = text::match(
          word, candidate.elided_article() ? Word::with_prefix(U'ٱ', rest) : Word(rest), options_.loosest);
      if (!step) continue;
      const Matched found{candidate.entry, candidate.begin(), std::max(*step, strictest)};
      if (out.empty() || out.back().entry != found.entry) {
        out.push_back(found);
      } else if (found.step < out.back().step) {
        out.back() = found;  // at equal steps the shortest proclitics win; they come first
      }
    }
    return out;
  }

  static const Matched* find(const std::vector<Matched>& list, std::uint32_t entry) {
    const auto it = std::lower_bound(list.begin(), list.end(), entry,
                                     [](const Matched& m, std::uint32_t wanted) { return m.entry < wanted; });
    return it != list.end() && it->entry == entry ? &*it : nullptr;
  }

  void walk(std::uint32_t verse) {
    const auto pieces = file_.pieces(verse);
    TextVerse result{verse, {}};
    std::size_t hits = 0;
    const bool wanted = found_.verses >= options_.offset && found_.results.size() < options_.limit;
    for (std::uint32_t at = 0; at < pieces.size(); ++at) {
      if (!starts_[pieces[at].entry]) continue;
      path_.clear();
      if (!follow(pieces, at, 0)) continue;
      ++hits;
      if (!wanted) continue;
      TextHit& hit = result.hits.emplace_back(TextHit{Step::exact, path_});
      for (const TextWord& word : path_) hit.step = std::max(hit.step, word.step);
    }
    if (hits == 0) return;
    found_.hits += hits;
    ++found_.verses;
    if (wanted) found_.results.push_back(std::move(result));
  }

  // Do the words of the query from `i` on match those of the text from `at` on? If so, path_ has them.
  bool follow(std::span<const Piece> pieces, std::uint32_t at, std::size_t i) {
    if (i == query_.words.size()) return true;
    // Signs between spaces are not words.
    while (at < pieces.size() && !file_.keys().has_letters(pieces[at].entry)) ++at;
    if (at == pieces.size()) return false;
    const auto [entry, word, from] = pieces[at];
    for (const std::size_t taken : {std::size_t{1}, std::size_t{2}}) {
      const Matched* m = find(taken == 1 ? one_[i] : two_[i], entry);
      if (m == nullptr) continue;
      const auto size = static_cast<std::uint32_t>(file_.entry(entry).size());
      path_.push_back({word, from + m->begin, from + size, entry, m->begin, m->step});
      if (follow(pieces, at + 1, i + taken)) return true;
      path_.pop_back();
    }
    return false;
  }

  const WordFile& file_;
  const TextQuery& query_;
  const TextOptions& options_;
  std::vector<std::vector<Matched>> one_,
      two_;                           // for each word of the query: alone, and joined with the next
  std::vector<std::uint8_t> starts_;  // by entry: whether a hit may begin with it
  std::vector<TextWord> path_;
  TextFound found_;
};

}  // namespace

TextFound search_text(const WordFile& words, const TextQuery& query, const TextOptions& options) {
  return Search(words, query, options).run();
}

}  // namespace kalima::search
