#include "api/v1/search_verse.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "api/v1/answer.h"
#include "api/v1/search_latin.h"

namespace kalima::api::v1 {
namespace {

using search::QueryWord;

bool is_plain_word(const QueryWord& word) { return word.kind == QueryWord::Kind::word && !word.exact; }

class VerseSearch {
 public:
  VerseSearch(const SearchTools& tools, const TextRequest& request) : tools_(tools), request_(request) {}

  Searched run(const search::TextQuery& query) {
    for (const search::Phrase& phrase : query.excluded)
      left_out_ += " " + utf8_of(search::written_exclusion(phrase));
    for (const search::Phrase& phrase : query.phrases) add_phrase(phrase);
    for (Word& word : words_) add_found(word);
    count();
    list();
    return std::move(out_);
  }

 private:
  // A distinct word of the phrases.
  struct Word {
    std::string q;
    Searched alone;
    std::vector<std::uint32_t> verses;  // in which it is beside the others of a phrase
  };

  std::size_t number_of(const QueryWord& word) {
    const std::string q = utf8_of(search::written(search::Phrase{word}));
    const auto known = std::ranges::find(words_, q, &Word::q);
    if (known != words_.end()) return static_cast<std::size_t>(known - words_.begin());
    words_.push_back({q, search_word(q, request_.options.verses, 0), {}});
    return words_.size() - 1;
  }

  Searched search_word(const std::string& q, Bits verses, std::size_t limit) const {
    TextRequest request = request_;
    request.q = q + left_out_;
    request.in_one_verse = false;
    request.options.verses = std::move(verses);
    request.options.offset = 0;
    request.options.limit = limit;
    return search_words(tools_, request);
  }

  // Marks the verses that have all words of the phrase.
  void add_phrase(const search::Phrase& phrase) {
    std::vector<std::size_t> numbers;
    std::vector<WordPlaces> words;
    for (const QueryWord& word : phrase) {
      if (word.kind == QueryWord::Kind::any_word) continue;
      numbers.push_back(number_of(word));
      const search::TextFound& alone = words_[numbers.back()].alone.text;
      if (alone.hits == 0) return;
      add_place(alone.by_verse, words);
    }
    const std::vector<search::VerseHits> verses = verses_with_all(words);
    for (const std::size_t number : numbers) {
      for (const search::VerseHits& verse : verses) words_[number].verses.push_back(verse.verse);
    }
  }

  // What a word says of itself, and its places in the verses that have all words.
  void add_found(Word& word) {
    search::TextFound& found = word.alone.text;
    search::TextFound& out = out_.text;
    out.partial = out.partial || found.partial;
    std::ranges::move(found.unknown, std::back_inserter(out.unknown));
    std::ranges::move(word.alone.lexemes, std::back_inserter(out_.lexemes));
    if (out_.searched.empty()) out_.searched = std::move(word.alone.searched);
    out_.of_corpus_alone = out_.of_corpus_alone && word.alone.of_corpus_alone;
    if (&word == &words_.front()) out_.read_as = word.alone.read_as;
    out.loosest = &word == &words_.front() ? found.loosest : std::max(out.loosest, found.loosest);
    if (word.verses.empty()) return;
    Bits verses(tools_.context.core.verses());
    for (const std::uint32_t verse : word.verses) verses.set(verse);
    Searched there = search_word(word.q, std::move(verses), tools_.context.core.verses());
    out.partial = out.partial || there.text.partial;
    out.particles_before += there.text.particles_before;
    for (std::size_t step = 0; step < search::all_steps; ++step)
      out.steps[step].hits += there.text.steps[step].hits;
    add_counts(there.text.by_verse);
    for (search::TextVerse& verse : there.text.results) add_verse(verse);
  }

  void add_counts(std::span<const search::VerseHits> by_verse) {
    std::vector<search::VerseHits>& all = out_.text.by_verse;
    std::vector<search::VerseHits> both;
    std::ranges::merge(all, by_verse, std::back_inserter(both), {}, &search::VerseHits::verse,
                       &search::VerseHits::verse);
    all.clear();
    for (const search::VerseHits& one : both) {
      if (!all.empty() && all.back().verse == one.verse) {
        all.back().hits += one.hits;
      } else {
        all.push_back(one);
      }
    }
  }

  void add_verse(search::TextVerse& found) {
    search::TextVerse& verse =
        verses_.try_emplace(found.verse, search::TextVerse{found.verse, {}}).first->second;
    std::ranges::move(found.hits, std::back_inserter(verse.hits));
    for (search::FoundTranslation& translation : found.translations) {
      const auto same = std::ranges::find_if(verse.translations, [&](const search::FoundTranslation& other) {
        return other.language == translation.language && other.text == translation.text;
      });
      if (same == verse.translations.end()) {
        verse.translations.push_back(std::move(translation));
        continue;
      }
      auto& places = same->places;
      places.insert(places.end(), translation.places.begin(), translation.places.end());
      std::ranges::sort(places);
      places.erase(std::unique(places.begin(), places.end()), places.end());
    }
  }

  void count() {
    search::TextFound& out = out_.text;
    for (const search::VerseHits& verse : out.by_verse) out.hits += verse.hits;
    out.verses = out.by_verse.size();
    for (auto& [number, verse] : verses_) {
      std::ranges::sort(verse.hits, {}, [](const search::TextHit& hit) { return hit.words.front().from; });
      std::vector<bool> seen(search::all_steps);
      for (const search::TextHit& hit : verse.hits) seen[static_cast<std::size_t>(hit.step)] = true;
      if (!verse.translations.empty()) seen[static_cast<std::size_t>(text::Step::translation)] = true;
      for (std::size_t step = 0; step < search::all_steps; ++step)
        out.steps[step].verses += seen[step] ? 1 : 0;
    }
  }

  // In the order that was asked for. By relevance: the strictest step that all hits of the verse need, then how near to each
  // other they are.
  void list() {
    std::vector<search::TextVerse*> verses;
    for (auto& [number, verse] : verses_) verses.push_back(&verse);
    const auto rank = [](const search::TextVerse* verse) {
      if (verse->hits.empty()) return std::pair(text::Step::translation, std::uint32_t{0});
      const text::Step step = std::ranges::max(verse->hits, {}, &search::TextHit::step).step;
      return std::pair(step, verse->hits.back().words.back().to - verse->hits.front().words.front().from);
    };
    if (request_.options.order == search::Order::relevance) std::ranges::stable_sort(verses, {}, rank);
    const std::size_t begin = std::min(request_.options.offset, verses.size());
    const std::size_t end = begin + std::min(request_.options.limit, verses.size() - begin);
    for (std::size_t i = begin; i < end; ++i) out_.text.results.push_back(std::move(*verses[i]));
  }

  const SearchTools& tools_;
  const TextRequest& request_;
  std::string left_out_;
  std::vector<Word> words_;
  std::map<std::uint32_t, search::TextVerse> verses_;
  Searched out_;
};

}  // namespace

std::optional<search::TextQuery> query_of_words(std::string_view q) {
  std::optional<search::TextQuery> query = query_in_any_letters(q);
  if (!query || !is_in_other_letters(q)) return query;
  // "al-mu'min": what is between the letters of a word does not end it, unless it is an operator.
  const bool plain = query->excluded.empty() && query->phrases.size() == 1 &&
                     std::ranges::all_of(query->phrases.front(), is_plain_word);
  if (!plain) return query;
  search::Phrase& phrase = query->phrases.front();
  phrase.clear();
  const std::u32string typed = utf8::to_code_points(q);
  for (std::size_t at = 0; at < typed.size();) {
    const std::size_t end = std::min(typed.find(U' ', at), typed.size());
    const std::u32string_view word = std::u32string_view(typed).substr(at, end - at);
    if (is_in_other_letters(utf8_of(word))) phrase.push_back({.word = text::Word(word)});
    at = end + 1;
  }
  return query;
}

void add_place(std::span<const search::VerseHits> by_verse, std::vector<WordPlaces>& words) {
  const auto known = std::ranges::find_if(
      words, [&](const WordPlaces& word) { return word.by_verse.data() == by_verse.data(); });
  if (known == words.end()) {
    words.push_back({by_verse, 1});
  } else {
    ++known->times;
  }
}

std::vector<search::VerseHits> verses_with_all(std::span<const WordPlaces> words) {
  std::vector<search::VerseHits> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::vector<search::VerseHits> left;
    auto known = out.begin();
    for (const search::VerseHits& verse : words[i].by_verse) {
      if (verse.hits < words[i].times) continue;
      if (i == 0) {
        left.push_back(verse);
        continue;
      }
      known = std::ranges::lower_bound(known, out.end(), verse.verse, {}, &search::VerseHits::verse);
      if (known == out.end()) break;
      if (known->verse == verse.verse) left.push_back({verse.verse, known->hits + verse.hits});
    }
    out = std::move(left);
  }
  return out;
}

Searched search_in_one_verse(const SearchTools& tools, const TextRequest& request,
                             const search::TextQuery& query) {
  return VerseSearch(tools, request).run(query);
}

}  // namespace kalima::api::v1
