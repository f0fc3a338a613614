#include "search/meaning_search.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace kalima::search {

using text::Step;

namespace {

constexpr std::uint32_t verses_of_a_look = 256;  // between two checks of the clock

// What was found in one text.
struct InText {
  std::uint32_t verse;
  std::size_t source, text;
  std::vector<MeaningHit> hits;
};

// A verse among the results.
struct MeaningVerse {
  std::uint32_t verse;
  std::size_t first, last;  // its texts
  Nearness nearness;        // the strictest in it
  bool same_forms;
  double share;  // of the text's words that were found
};

class MeaningSearch {
 public:
  MeaningSearch(const WordFile& file, const std::vector<MeaningSource>& sources, const TextQuery& query,
                const TextOptions& options)
      : file_(file), sources_(sources), query_(query), options_(options) {}

  MeaningFound run() {
    for (std::size_t source = 0; source < sources_.size(); ++source) walk(source);
    std::ranges::stable_sort(texts_, {}, &InText::verse);
    add_unknown();
    count();
    list();
    return std::move(out_);
  }

 private:
  void walk(std::size_t source) {
    const Meanings& meanings = *sources_[source].meanings;
    std::vector<Meanings::Sought> sought, excluded;
    for (const Phrase& phrase : query_.phrases) sought.emplace_back(meanings, phrase);
    for (const Phrase& phrase : query_.excluded) excluded.emplace_back(meanings, phrase);
    std::vector<std::uint32_t> verses;  // that may have one of the phrases
    for (const Meanings::Sought& phrase : sought) {
      const std::vector<std::uint32_t> own = phrase.verses();
      const auto middle = verses.insert(verses.end(), own.begin(), own.end());
      std::inplace_merge(verses.begin(), middle, verses.end());
    }
    verses.erase(std::unique(verses.begin(), verses.end()), verses.end());
    for (std::size_t i = 0; i < verses.size(); ++i) {
      if (i % verses_of_a_look == 0 && options_.expired()) {
        out_.found.partial = true;
        return;
      }
      const std::uint32_t verse = verses[i];
      if (!options_.is_searched(verse)) continue;
      const std::vector<Meaning>* texts = meanings.of(verse);
      for (std::size_t text = 0; texts != nullptr && text < texts->size(); ++text) {
        const auto has = [&](const Meanings::Sought& s) { return !s.in((*texts)[text]).empty(); };
        InText found{verse, source, text, {}};
        for (const Meanings::Sought& phrase : sought) {
          for (MeaningHit& hit : phrase.in((*texts)[text])) found.hits.push_back(std::move(hit));
        }
        if (!found.hits.empty() && std::ranges::none_of(excluded, has)) texts_.push_back(std::move(found));
      }
    }
  }

  // The words that no source has.
  void add_unknown() {
    for (const Phrase& phrase : query_.phrases) {
      std::vector<std::size_t> missing(phrase.size());
      for (const MeaningSource& source : sources_) {
        const Meanings::Sought sought(*source.meanings, phrase);
        for (const std::size_t word : sought.unknown()) ++missing[word];
      }
      for (std::size_t word = 0; word < phrase.size(); ++word) {
        if (missing[word] < sources_.size()) continue;
        UnknownWord unknown{phrase[word].word.written, {}};
        for (const MeaningSource& source : sources_) {
          for (Suggestion& s : source.meanings->near(unknown.word)) {
            const auto known = [&](const Suggestion& other) { return other.word == s.word; };
            if (std::ranges::none_of(unknown.suggestions, known)) unknown.suggestions.push_back(std::move(s));
          }
        }
        out_.found.unknown.push_back(std::move(unknown));
      }
    }
  }

  void count() {
    bool together = false;
    std::array<std::uint32_t, 3> last;
    last.fill(static_cast<std::uint32_t>(-1));
    for (const InText& in : texts_) {
      for (const MeaningHit& hit : in.hits) {
        together = together || hit.nearness != Nearness::verse;
        const auto nearness = static_cast<std::size_t>(hit.nearness);
        ++out_.counts[nearness].hits;
        if (std::exchange(last[nearness], in.verse) != in.verse) ++out_.counts[nearness].verses;
      }
    }
    out_.nearness = together ? Nearness::together : Nearness::verse;
    TextFound& found = out_.found;
    std::array<std::uint32_t, all_steps> last_of_step;
    last_of_step.fill(static_cast<std::uint32_t>(-1));
    for (InText& in : texts_) {
      std::erase_if(in.hits, [&](const MeaningHit& hit) { return hit.nearness > out_.nearness; });
      const auto step = static_cast<std::size_t>(sources_[in.source].step);
      const std::size_t hits = in.hits.size();
      if (hits == 0) continue;
      found.hits += hits;
      found.steps[step].hits += hits;
      found.loosest = std::max(found.loosest, sources_[in.source].step);
      if (std::exchange(last_of_step[step], in.verse) != in.verse) ++found.steps[step].verses;
      if (found.by_verse.empty() || found.by_verse.back().verse != in.verse)
        found.by_verse.push_back({in.verse, 0});
      found.by_verse.back().hits += hits;
    }
    found.verses = found.by_verse.size();
    std::erase_if(texts_, [](const InText& in) { return in.hits.empty(); });
    if (texts_.empty()) found.loosest = sources_.empty() ? text::loosest_step : sources_.back().step;
  }

  const Meaning& meaning(const InText& in) const {
    return (*sources_[in.source].meanings->of(in.verse))[in.text];
  }

  void list() {
    std::vector<MeaningVerse> verses;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const InText& in = texts_[i];
      const bool same = std::ranges::any_of(in.hits, &MeaningHit::same_forms);
      std::size_t words = 0;
      for (const MeaningHit& hit : in.hits) words += hit.words.size();
      const double share = static_cast<double>(words) / static_cast<double>(meaning(in).words.size());
      if (verses.empty() || verses.back().verse != in.verse)
        verses.push_back({in.verse, i, i, Nearness::verse, false, 0});
      MeaningVerse& verse = verses.back();
      verse.last = i + 1;
      verse.same_forms = verse.same_forms || same;
      verse.share = std::max(verse.share, share);
      for (const MeaningHit& hit : in.hits) verse.nearness = std::min(verse.nearness, hit.nearness);
    }
    if (options_.order == Order::relevance) {
      std::ranges::stable_sort(verses, [](const MeaningVerse& a, const MeaningVerse& b) {
        if (a.nearness != b.nearness) return a.nearness < b.nearness;
        return a.same_forms != b.same_forms ? a.same_forms : a.share > b.share;
      });
    }
    const std::size_t begin = std::min(options_.offset, verses.size());
    const std::size_t end = begin + std::min(options_.limit, verses.size() - begin);
    for (std::size_t i = begin; i < end; ++i) {
      TextVerse& verse = out_.found.results.emplace_back();
      verse.verse = verses[i].verse;
      for (std::size_t t = verses[i].first; t < verses[i].last; ++t) add(texts_[t], verse);
    }
  }

  void add(const InText& in, TextVerse& out) const {
    const Meaning& text = meaning(in);
    if (sources_[in.source].step == Step::gloss) {
      for (const MeaningHit& hit : in.hits) {
        TextHit words = words_of(in.verse, text, hit);
        if (!words.words.empty()) out.hits.push_back(std::move(words));
      }
      return;
    }
    FoundTranslation& translation = out.translations.emplace_back(
        FoundTranslation{sources_[in.source].meanings->language(), text.id, text.by, text.text, {}});
    for (const MeaningHit& hit : in.hits) {
      for (const std::uint32_t word : hit.words)
        translation.places.emplace_back(text.words[word].from, text.words[word].to);
    }
    std::ranges::sort(translation.places);
    translation.places.erase(std::unique(translation.places.begin(), translation.places.end()),
                             translation.places.end());
  }

  // The words of the text that a gloss is of.
  TextHit words_of(std::uint32_t verse, const Meaning& text, const MeaningHit& hit) const {
    TextHit out{Step::gloss, {}};
    std::vector<std::uint32_t> numbers;
    for (const std::uint32_t word : hit.words) numbers.push_back(text.words[word].word);
    std::ranges::sort(numbers);
    for (std::uint32_t i = file_.first_piece(verse); i < file_.first_piece(verse + 1); ++i) {
      const Piece piece = file_.piece(i);
      if (!std::ranges::binary_search(numbers, piece.word) || !file_.keys().has_letters(piece.entry))
        continue;
      const auto size = static_cast<std::uint32_t>(file_.entry(piece.entry).size());
      out.words.push_back({verse, piece.word, piece.from, piece.from + size, piece.entry, 0, Step::gloss});
    }
    return out;
  }

  const WordFile& file_;
  const std::vector<MeaningSource>& sources_;
  const TextQuery& query_;
  const TextOptions& options_;
  std::vector<InText> texts_;
  MeaningFound out_;
};

}  // namespace

bool all_known(const std::vector<MeaningSource>& sources, const TextQuery& query) {
  return std::ranges::all_of(query.phrases, [&](const Phrase& phrase) {
    return std::ranges::any_of(sources, [&](const MeaningSource& source) {
      return Meanings::Sought(*source.meanings, phrase).unknown().empty();
    });
  });
}

MeaningFound search_meanings(const WordFile& file, const std::vector<MeaningSource>& sources,
                             const TextQuery& query, const TextOptions& options) {
  return MeaningSearch(file, sources, query, options).run();
}

}  // namespace kalima::search
