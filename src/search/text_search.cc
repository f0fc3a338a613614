#include "search/text_search.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "search/phrase_search.h"
#include "support/utf8.h"

namespace kalima::search {

using text::Step;

namespace {

// Verses between two checks of the clock.
constexpr std::uint32_t verses_at_once = 64;
// What is near a word is sought for so many words of a query at most, and so much of it is suggested.
constexpr std::size_t max_near_words = 8, max_suggestions = 5;

constexpr StepSet spelling_steps = StepSet::up_to(text::loosest_step);
// Tried in every search, so that the answer says what they would find.
constexpr StepSet counted_steps = spelling_steps.with(Step::joined).with(Step::no_article);
// Tried if those of spelling find nothing.
constexpr StepSet fallback_steps = spelling_steps.with(Step::split).with(Step::no_article);

// Where a phrase was found.
struct Occurrence {
  std::uint32_t verse, piece;  // of the first word
  std::uint16_t phrase;
  Step step;
  bool particle_before, particle_between;
};

class TextSearch {
 public:
  TextSearch(const columns::CoreFile& core, const WordFile& file, const TextQuery& query,
             const TextOptions& options)
      : core_(core), file_(file), query_(query), options_(options) {
    for (const Phrase& phrase : query.phrases)
      phrases_.emplace_back(core, file, phrase, options.proclitics, expired_);
  }

  TextFound run() {
    allowed_ = options_.verses;
    if (allowed_.empty()) allowed_.assign(file_.verses(), 1);
    exclude();
    found_.loosest = options_.loosest.value_or(text::loosest_step);
    if (options_.loosest) {
      search_up_to(*options_.loosest);
    } else {
      search_step_by_step();
    }
    count();
    list();
    return std::move(found_);
  }

 private:
  // Verses with an excluded phrase are not searched.
  void exclude() {
    for (const Phrase& phrase : query_.excluded) {
      PhraseSearch search(core_, file_, phrase, options_.proclitics, expired_);
      search.use(spelling_steps);
      if (!search.may_begin_at_all()) continue;
      each_place(search, [&](std::uint32_t verse, std::uint32_t, const Path&) { allowed_[verse] = 0; });
    }
  }

  void search_up_to(Step loosest) {
    hits_with_ = StepSet::up_to(loosest);
    NearOf near;
    if (loosest >= Step::typing) near = [&](std::size_t phrase) { return near_all(phrase, loosest); };
    walk(hits_with_, near);
  }

  // The strictest steps that find anything.
  void search_step_by_step() {
    walk(counted_steps, {});
    if (usable()) return;
    count_further();
    walk(fallback_steps, {});
    for (const Step fallback : {Step::split, Step::no_article}) {
      allow(fallback);
      if (usable()) return;
    }
    // A word that is nowhere in the texts is probably mistyped.
    bool any_unknown = false;
    for (std::size_t i = 0; i < phrases_.size(); ++i) any_unknown = add_unknown(i) || any_unknown;
    for (const Step near : {Step::typing, Step::sound}) {
      if (!any_unknown) break;
      walk(fallback_steps.with(near), [&](std::size_t phrase) { return near_unknown(phrase, near); });
      allow(near);
      if (usable()) return;
    }
    found_.loosest = text::loosest_step;
    places_.clear();
    count_unquoted();
  }

  // What a quotation would find without its marks.
  void count_unquoted() {
    TextQuery query = query_;
    bool quoted = false;
    for (Phrase& phrase : query.phrases) {
      for (QueryWord& word : phrase) quoted = std::exchange(word.exact, false) || quoted;
    }
    if (!quoted) return;
    TextOptions options = options_;
    options.loosest = text::loosest_step;
    options.limit = 0;
    const TextFound found = search_text(core_, file_, query, options);
    found_.further = found.steps;
    found_.partial = found_.partial || found.partial;
  }

  void allow(Step step) {
    found_.loosest = step;
    hits_with_ = hits_with_.with(step);
  }
  bool usable() const {
    return found_.partial ||
           std::ranges::any_of(places_, [&](const Occurrence& o) { return hits_with_.has(o.step); });
  }

  using NearOf = std::function<std::vector<Matches>(std::size_t)>;
  void walk(StepSet steps, const NearOf& near) {
    places_.clear();
    for (std::size_t i = 0; i < phrases_.size(); ++i) {
      PhraseSearch& search = phrases_[i];
      search.use(steps, near ? near(i) : std::vector<Matches>{});
      if (!search.may_begin_at_all()) continue;
      each_place(search, [&](std::uint32_t verse, std::uint32_t piece, const Path& path) {
        // What may come before a word at the step `no_article` is its article.
        const auto particle = [](const PathWord& w) { return w.begin != 0 && w.step != Step::no_article; };
        places_.push_back({verse, piece, static_cast<std::uint16_t>(i), path.step,
                           particle(path.words.front()),
                           std::any_of(path.words.begin() + 1, path.words.end(), particle)});
      });
    }
  }

  template <typename Found>
  void each_place(PhraseSearch& search, Found found) {
    for (std::uint32_t verse = 0; verse < file_.verses(); ++verse) {
      if (verse % verses_at_once == 0 && expired_()) return;
      if (allowed_[verse] == 0) continue;
      const std::uint32_t end = file_.first_piece(verse + 1);
      for (std::uint32_t piece = file_.first_piece(verse); piece < end; ++piece) {
        if (!search.may_begin(file_.piece(piece).entry)) continue;
        if (const Path* path = search.from(verse, piece)) found(verse, piece, *path);
      }
    }
  }

  // What is near the words that are not in the texts.
  bool add_unknown(std::size_t phrase) {
    const Phrase& words = query_.phrases[phrase];
    unknown_.resize(phrases_.size());
    unknown_[phrase].resize(words.size());
    bool any = false;
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (words[w].kind != QueryWord::Kind::word || words[w].exact || phrases_[phrase].occurs(w)) continue;
      any = true;
      if (found_.unknown.size() == max_near_words || expired_()) continue;
      NearWord& near = unknown_[phrase][w].emplace();
      near.typing = mistyped(file_, words[w].word, options_.proclitics != Proclitics::no, expired_);
      near.sound = sounding_alike(file_, words[w].word, options_.proclitics != Proclitics::no, expired_);
      found_.unknown.push_back({words[w].word.written, suggestions(near)});
    }
    return any;
  }

  struct NearWord {
    std::vector<Near> typing, sound;
  };

  static Matches matches_of(const std::vector<Near>& near) {
    Matches out;
    for (const Near& n : near) out.push_back(n.matched);
    return out;
  }
  std::vector<Matches> near_unknown(std::size_t phrase, Step step) {
    std::vector<Matches> out;
    for (const auto& near : unknown_[phrase])
      out.push_back(!near ? Matches{} : matches_of(step == Step::typing ? near->typing : near->sound));
    return out;
  }
  std::vector<Matches> near_all(std::size_t phrase, Step loosest) {
    std::vector<Matches> out;
    const bool proclitics = options_.proclitics != Proclitics::no;
    for (const QueryWord& word : query_.phrases[phrase]) {
      Matches& near = out.emplace_back();
      if (word.kind != QueryWord::Kind::word || word.exact || out.size() > max_near_words) continue;
      near = matches_of(mistyped(file_, word.word, proclitics, expired_));
      if (loosest >= Step::sound)
        near = either(near, matches_of(sounding_alike(file_, word.word, proclitics, expired_)));
    }
    return out;
  }

  // The distinct words, each at its first step: the likeliest mistakes first, then the most frequent words.
  std::vector<Suggestion> suggestions(const NearWord& near) {
    if (uses_.empty()) {
      uses_.assign(file_.entries(), 0);
      for (std::uint32_t piece = 0; piece < file_.first_piece(file_.verses()); ++piece)
        ++uses_[file_.piece(piece).entry];
    }
    std::vector<Suggestion> out;
    std::map<std::u32string, std::size_t> known;  // by their letters
    const auto add = [&](const Near& n, std::optional<text::Mistake> mistake) {
      std::u32string word(file_.entry(n.matched.entry).substr(n.matched.begin));
      const auto [it, added] = known.emplace(text::normal_form(Step::folded, word), out.size());
      if (added) {
        out.push_back({n.matched.step, mistake, std::move(word), uses_[n.matched.entry]});
      } else if (out[it->second].step == n.matched.step) {
        out[it->second].uses += uses_[n.matched.entry];
      }
    };
    for (const Near& n : near.typing) add(n, n.mistake);
    for (const Near& n : near.sound) add(n, std::nullopt);
    std::ranges::stable_sort(out, [](const Suggestion& a, const Suggestion& b) {
      if (a.step != b.step) return a.step < b.step;
      if (a.mistake != b.mistake) return a.mistake < b.mistake;
      return a.uses > b.uses;
    });
    // Some of both.
    std::array<std::size_t, all_steps> kept{};
    std::erase_if(
        out, [&](const Suggestion& s) { return ++kept[static_cast<std::size_t>(s.step)] > max_suggestions; });
    return out;
  }

  void sort_places() {
    std::ranges::stable_sort(places_, [](const Occurrence& a, const Occurrence& b) {
      return std::tie(a.piece, a.phrase) < std::tie(b.piece, b.phrase);
    });
  }

  // Counts by step those of places_ that `wanted` accepts, in their order.
  template <typename Wanted>
  StepCounts counts_of(Wanted wanted) const {
    StepCounts out;
    std::array<std::optional<std::uint32_t>, all_steps> last;
    for (const Occurrence& o : places_) {
      if (!wanted(o)) continue;
      const auto step = static_cast<std::size_t>(o.step);
      ++out[step].hits;
      if (last[step] != o.verse) ++out[step].verses;
      last[step] = o.verse;
    }
    return out;
  }

  void count_further() {
    sort_places();
    found_.further = counts_of([&](const Occurrence& o) { return !hits_with_.has(o.step); });
  }

  void count() {
    sort_places();
    if (found_.loosest <= text::loosest_step) count_further_if_any();
    std::erase_if(places_, [&](const Occurrence& o) { return !hits_with_.has(o.step); });
    found_.steps = counts_of([](const Occurrence&) { return true; });
    // A step is not both.
    for (std::size_t step = 0; step < all_steps; ++step) {
      if (found_.steps[step].hits > 0) found_.further[step] = {};
    }
    found_.by_verse.assign(file_.verses(), {});
    for (const Occurrence& o : places_) {
      Count& of_verse = found_.by_verse[o.verse];
      ++of_verse.hits;
      if (of_verse.verses == 0) ++found_.verses;
      of_verse.verses = 1;
      ++found_.hits;
      if (o.particle_before) ++found_.particles_before;
      if (o.particle_between) ++found_.particles_between;
    }
  }
  void count_further_if_any() {
    if (std::ranges::any_of(places_, [&](const Occurrence& o) { return !hits_with_.has(o.step); }))
      count_further();
  }

  // A verse among the results, as it is ordered.
  struct Ranked {
    std::uint32_t verse;
    std::size_t first, last;  // its occurrences
    Step step;                // the strictest of them
    double share;             // of the verse's words that match
  };

  void list() {
    std::vector<Ranked> verses;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Occurrence& o = places_[i];
      const auto sought = static_cast<double>(query_.phrases[o.phrase].size());
      const auto words = static_cast<double>(file_.first_piece(o.verse + 1) - file_.first_piece(o.verse));
      const double share = std::min(1.0, sought / words);
      if (verses.empty() || verses.back().verse != o.verse) {
        verses.push_back({o.verse, i, i + 1, o.step, share});
      } else {
        Ranked& known = verses.back();
        known.last = i + 1;
        known.share = o.step < known.step ? share : o.step == known.step ? known.share + share : known.share;
        known.step = std::min(known.step, o.step);
      }
    }
    if (options_.order == Order::relevance) {
      std::ranges::stable_sort(verses, [](const Ranked& a, const Ranked& b) {
        return a.step != b.step ? a.step < b.step : a.share > b.share;
      });
    }
    const std::size_t begin = std::min(options_.offset, verses.size());
    const std::size_t end = begin + std::min(options_.limit, verses.size() - begin);
    for (std::size_t i = begin; i < end; ++i) {
      TextVerse& verse = found_.results.emplace_back(TextVerse{verses[i].verse, {}});
      for (std::size_t o = verses[i].first; o < verses[i].last; ++o) verse.hits.push_back(hit(places_[o]));
    }
  }

  TextHit hit(const Occurrence& place) {
    const Path* path = phrases_[place.phrase].from(place.verse, place.piece);
    TextHit out{place.step, {}};
    if (path == nullptr) return out;  // it was found before, by the same steps
    std::uint32_t verse = place.verse;
    for (const PathWord& w : path->words) {
      while (w.piece >= file_.first_piece(verse + 1)) ++verse;
      const auto& [entry, word, from] = file_.piece(w.piece);
      const auto size = static_cast<std::uint32_t>(file_.entry(entry).size());
      out.words.push_back({verse, word, from + w.begin, from + size, entry, w.begin, w.step});
    }
    return out;
  }

  const columns::CoreFile& core_;
  const WordFile& file_;
  const TextQuery& query_;
  const TextOptions& options_;
  const Expired expired_ = [this] { return found_.partial = found_.partial || options_.expired(); };
  std::vector<PhraseSearch> phrases_;
  std::vector<std::uint8_t> allowed_;  // by verse
  StepSet hits_with_ = spelling_steps;
  std::vector<Occurrence> places_;
  std::vector<std::vector<std::optional<NearWord>>> unknown_;  // by phrase and word
  std::vector<std::uint32_t> uses_;                            // by entry
  TextFound found_;
};

}  // namespace

TextFound search_text(const columns::CoreFile& core, const WordFile& words, const TextQuery& query,
                      const TextOptions& options) {
  return TextSearch(core, words, query, options).run();
}

}  // namespace kalima::search
