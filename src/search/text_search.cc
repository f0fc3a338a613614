#include "search/text_search.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "search/occurrences.h"
#include "search/phrase_search.h"
#include "support/utf8.h"

namespace kalima::search {

using text::Step;

namespace {

// Places between two checks of the clock.
constexpr std::size_t places_at_once = 64;
// What is near a word is sought for so many words of a query at most, and so much of it is suggested.
constexpr std::size_t max_near_words = 8, max_suggestions = 5;

// Roots and lemmas are found at their own steps wherever they are asked for.
constexpr StepSet with_lexemes(StepSet steps) { return steps.with(Step::lemma).with(Step::root); }
constexpr StepSet spelling_steps = with_lexemes(StepSet::up_to(text::loosest_step));
// Tried in every search, so that the answer says what they would find.
constexpr StepSet counted_steps = spelling_steps.with(Step::joined).with(Step::no_article);
// Tried if those of spelling find nothing.
constexpr StepSet fallback_steps = spelling_steps.with(Step::split).with(Step::no_article);
// Of what is left out: the strictest of these at which the texts have it. Vowels that were typed count while they can.
constexpr std::array<StepSet, 3> excluded_steps = {with_lexemes(StepSet::up_to(Step::regional)),
                                                   spelling_steps, fallback_steps};

// Where a phrase may begin, in the verses that are `allowed`.
template <typename Allowed, typename Visit>
void each_start(const WordFile& file, const PhraseSearch& search, const Expired& expired, Allowed allowed,
                Visit visit) {
  const Bits begins = search.begins();
  VersesOfPieces verses(file);
  std::size_t looked_at = 0;
  bool over = false;
  begins.each([&](std::size_t place) {
    over = over || (looked_at++ % places_at_once == 0 && expired());
    if (over) return;
    const auto piece = static_cast<std::uint32_t>(place);
    const std::uint32_t verse = verses.of(piece);
    if (allowed(verse) && search.may_begin(file.piece(piece).entry)) visit(verse, piece);
  });
}

class TextSearch {
 public:
  TextSearch(const columns::CoreFile& core, const WordFile& file, const TextQuery& query,
             const TextOptions& options)
      : core_(core), file_(file), query_(query), options_(options) {
    for (const Phrase& phrase : query.phrases)
      phrases_.emplace_back(core, file, phrase, options.proclitics, expired_);
  }

  TextFound run() {
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
  // Verses with an excluded phrase are not searched. Its quotation marks only say where it ends.
  void exclude() {
    for (Phrase phrase : query_.excluded) {
      for (QueryWord& word : phrase) word.exact = false;
      PhraseSearch search(core_, file_, phrase, options_.proclitics, expired_);
      bool occurs = false;
      for (const StepSet steps : excluded_steps) {
        search.use(steps);
        if (!search.may_begin_at_all()) continue;
        const auto anywhere = [](std::uint32_t) { return true; };
        each_place(search, anywhere, [&](std::uint32_t verse, std::uint32_t, const Path&) {
          excluded_.push_back(verse);
          occurs = true;
        });
        if (occurs || found_.partial) break;
      }
      if (!occurs && !found_.partial) found_.unknown.push_back({written_exclusion(phrase), {}});
    }
    std::ranges::sort(excluded_);
  }
  bool is_searched(std::uint32_t verse) const {
    return options_.is_searched(verse) && !std::ranges::binary_search(excluded_, verse);
  }

  void search_up_to(Step loosest) {
    const bool is_spelling_or_near = loosest <= Step::sound;
    hits_with_ = is_spelling_or_near ? with_lexemes(StepSet::up_to(loosest)) : spelling_steps;
    NearOf near;
    if (is_spelling_or_near && loosest >= Step::typing)
      near = [&](std::size_t phrase) { return near_all(phrase, loosest); };
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
      const auto allowed = [this](std::uint32_t verse) { return is_searched(verse); };
      each_place(search, allowed, [&](std::uint32_t verse, std::uint32_t piece, const Path& path) {
        // What may come before a word at the step `no_article` is its article.
        const auto particle = [](const PathWord& w) { return w.begin != 0 && w.step != Step::no_article; };
        places_.push_back({verse, piece, static_cast<std::uint16_t>(i), path.step,
                           particle(path.words.front()),
                           std::any_of(path.words.begin() + 1, path.words.end(), particle)});
      });
    }
  }

  template <typename Allowed, typename Found>
  void each_place(PhraseSearch& search, Allowed allowed, Found found) {
    each_start(file_, search, expired_, allowed, [&](std::uint32_t verse, std::uint32_t piece) {
      if (const Path* path = search.from(verse, piece)) found(verse, piece, *path);
    });
  }

  // The words that are not in the texts, and what is near them; false if nothing can be near them.
  bool add_unknown(std::size_t phrase) {
    const Phrase& words = query_.phrases[phrase];
    unknown_.resize(phrases_.size());
    unknown_[phrase].resize(words.size());
    bool any = false;
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (words[w].kind == QueryWord::Kind::lexeme || phrases_[phrase].occurs(w)) continue;
      const bool has_near = words[w].kind == QueryWord::Kind::word && !words[w].exact;
      any = any || has_near;
      if (found_.unknown.size() == max_near_words || expired_()) continue;
      if (!has_near) {
        found_.unknown.push_back({written(Phrase{words[w]}), {}});
        continue;
      }
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
    std::vector<Suggestion> out;
    std::map<std::u32string, std::size_t> known;  // by their letters
    const auto add = [&](const Near& n, std::optional<text::Mistake> mistake) {
      std::u32string word(file_.entry(n.matched.entry).substr(n.matched.begin));
      const auto [it, added] = known.emplace(text::normal_form(Step::folded, word), out.size());
      if (added) {
        out.push_back({n.matched.step, mistake, std::move(word), file_.uses(n.matched.entry).size()});
      } else if (out[it->second].step == n.matched.step) {
        out[it->second].uses += file_.uses(n.matched.entry).size();
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

  void count() {
    sort_occurrences(places_);
    if (found_.loosest <= text::loosest_step && !all_usable()) count_further();
    std::erase_if(places_, [&](const Occurrence& o) { return !hits_with_.has(o.step); });
    count_occurrences(places_, found_);
    for (const Occurrence& o : places_) {
      if (o.step == Step::lemma || o.step == Step::root) found_.loosest = std::max(found_.loosest, o.step);
    }
  }
  bool all_usable() const {
    return std::ranges::all_of(places_, [&](const Occurrence& o) { return hits_with_.has(o.step); });
  }
  void count_further() {
    sort_occurrences(places_);
    // What another of the phrases finds there is found.
    std::vector<std::uint32_t> found;
    for (const Occurrence& o : places_) {
      if (hits_with_.has(o.step)) found.push_back(o.piece);
    }
    found_.further = step_counts(places_, [&](const Occurrence& o) {
      return !hits_with_.has(o.step) && !std::ranges::binary_search(found, o.piece);
    });
  }

  void list() {
    list_occurrences(
        file_, places_, options_, [&](const Occurrence& o) { return query_.phrases[o.phrase].size(); },
        [&](const Occurrence& o) { return phrases_[o.phrase].from(o.verse, o.piece); }, found_);
  }

  const columns::CoreFile& core_;
  const WordFile& file_;
  const TextQuery& query_;
  const TextOptions& options_;
  const Expired expired_ = [this] { return found_.partial = found_.partial || options_.expired(); };
  std::vector<PhraseSearch> phrases_;
  std::vector<std::uint32_t> excluded_;  // verses, ascending; some more than once
  StepSet hits_with_ = spelling_steps;
  std::vector<Occurrence> places_;
  std::vector<std::vector<std::optional<NearWord>>> unknown_;  // by phrase and word
  TextFound found_;
};

}  // namespace

TextFound search_text(const columns::CoreFile& core, const WordFile& words, const TextQuery& query,
                      const TextOptions& options) {
  return TextSearch(core, words, query, options).run();
}

std::size_t words_together(const columns::CoreFile& core, const WordFile& words,
                           std::span<const QueryWord> phrase, const TextOptions& options) {
  const Phrase whole(phrase.begin(), phrase.end());
  PhraseSearch search(core, words, whole, options.proclitics, options.expired);
  const Step loosest = std::min(options.loosest.value_or(text::loosest_step), text::loosest_step);
  search.use(with_lexemes(StepSet::up_to(loosest)));
  std::size_t most = 0;
  if (!search.may_begin_at_all()) return most;
  const auto allowed = [&](std::uint32_t verse) { return options.is_searched(verse); };
  each_start(words, search, options.expired, allowed, [&](std::uint32_t verse, std::uint32_t piece) {
    most = std::max(most, search.words_from(verse, piece));
  });
  return most;
}

}  // namespace kalima::search
