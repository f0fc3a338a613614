#include "api/v1/search_instead.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <span>

#include "api/v1/answer.h"
#include "api/v1/search_parameters.h"
#include "api/v1/search_verse.h"
#include "search/lexemes.h"
#include "support/error.h"

namespace kalima::api::v1 {
namespace {

using search::Phrase;
using search::QueryWord;

// So many words of a phrase are sought by themselves, and so many runs of words named.
constexpr std::size_t max_words = 8, max_runs = 4;
// From each word of longer phrases not every run is looked for: where one ends the next begins.
constexpr std::size_t max_starts = 12;
// What is not Arabic is read as one phrase after the other.
constexpr std::size_t max_words_in_other_letters = 6;

Phrase unquoted(Phrase phrase) {
  for (QueryWord& word : phrase) word.exact = false;
  return phrase;
}

std::string written_phrases(const std::vector<Phrase>& phrases) {
  std::string out;
  for (const Phrase& phrase : phrases) out += (out.empty() ? "" : " | ") + utf8_of(search::written(phrase));
  return out;
}

// Words from `first` on.
struct Run {
  std::size_t first, words;
};

class OtherSearches {
 public:
  using Given = std::vector<std::pair<std::string, std::string>>;

  OtherSearches(const SearchTools& tools, const TextRequest& request, const Given& given)
      : tools_(tools), asked_(request), given_(given) {
    asked_.options.offset = 0;
    asked_.options.limit = 0;
    anywhere_ = asked_;
    anywhere_.cited.clear();
    anywhere_.options.verses = {};
    anywhere_.options.loosest.reset();
    anywhere_.options.proclitics = search::Proclitics::yes;
    query_ = query_of_words(asked_.q);
    if (query_)
      search::find_lexemes(tools.searching.lexemes(), tools.context.words, asked_.options.loosest,
                           asked_.options.expired, *query_);
    tried_.push_back(parameters_of(asked_));
  }

  std::vector<OtherSearch> run(std::vector<search::UnknownWord>& unknown) {
    // In other letters it is what translations lack; the text may have it.
    all_in_translations_ = unknown.empty();
    if (is_arabic()) {
      for (const search::UnknownWord& word : unknown) unknown_.push_back(word.word);
    }
    add_without_limits();
    if (query_) add_contents(asked_);
    if (out_.empty() && is_limited()) {
      const Searched found = search(anywhere_);
      if (!(is_new(anywhere_) && add(Instead::elsewhere, anywhere_, found)) && query_)
        add_contents(anywhere_);
      if (unknown.empty()) unknown = found.text.unknown;
    }
    std::ranges::stable_sort(out_, {}, &OtherSearch::instead);
    std::erase_if(unknown, [&](const search::UnknownWord& word) { return is_found(utf8_of(word.word)); });
    return std::move(out_);
  }

 private:
  bool is_limited() const {
    const search::TextOptions& options = asked_.options;
    return options.verses.size() > 0 || options.loosest || options.proclitics != search::Proclitics::yes;
  }

  bool is_arabic() const { return !asked_.language && !is_in_other_letters(asked_.q); }

  // One limit less.
  void add_without_limits() {
    if (asked_.options.verses.size() > 0) {
      TextRequest request = asked_;
      request.cited.clear();
      request.options.verses = {};
      add(Instead::elsewhere, request);
    }
    if (asked_.options.loosest) {
      TextRequest request = asked_;
      request.options.loosest.reset();
      add(Instead::other_steps, request);
    }
    if (asked_.options.proclitics != search::Proclitics::yes) {
      TextRequest request = asked_;
      request.options.proclitics = search::Proclitics::yes;
      add(Instead::particles, request);
    }
  }

  // Less of what `q` contains, within the limits of `limits`.
  void add_contents(const TextRequest& limits) {
    std::vector<Phrase> phrases = query_->phrases;
    if (!query_->excluded.empty()) add(Instead::nothing_left_out, with(limits, written_phrases(phrases)));
    if (has_word([](const QueryWord& word) { return word.exact; })) {
      std::ranges::transform(phrases, phrases.begin(), unquoted);
      add(Instead::unquoted, with(limits, written_phrases(phrases)));
    }
    if (has_word(
            [](const QueryWord& word) { return word.word.written.find(U'?') != std::u32string::npos; })) {
      std::string wider = asked_.q;
      std::ranges::replace(wider, '?', '*');
      add(Instead::any_letters, with(limits, std::move(wider)));
    }
    for (const Phrase& phrase : query_->phrases) {
      const std::vector<bool> in_run = add_runs(limits, phrase);
      add_words(limits, phrase, in_run);
      add_one_verse(limits, phrase);
    }
  }

  template <typename Is>
  bool has_word(Is is) const {
    return std::ranges::any_of(query_->phrases,
                               [&](const Phrase& phrase) { return std::ranges::any_of(phrase, is); });
  }

  // By what was found of each word: a search for them in one verse finds the same.
  void add_one_verse(const TextRequest& limits, const Phrase& phrase) {
    if (phrase.size() < 2 || asked_.in_one_verse) return;
    std::vector<WordPlaces> words;
    for (const QueryWord& word : phrase) {
      if (word.kind == QueryWord::Kind::any_word) continue;
      const auto places = places_.find(parameters_of(alone(limits, word)));
      if (places == places_.end()) return;
      add_place(places->second, words);
    }
    OtherSearch found{Instead::one_verse, {}, 0, 0};
    for (const search::VerseHits& verse : verses_with_all(words)) {
      ++found.verses;
      found.hits += verse.hits;
    }
    if (found.verses == 0) return;
    TextRequest request = with(limits, utf8_of(search::written(phrase)));
    request.in_one_verse = true;
    found.parameters = parameters_of(request);
    out_.push_back(std::move(found));
  }

  // The longest runs of words that the text has, the longest first. Which words of the phrase are in them.
  std::vector<bool> add_runs(const TextRequest& limits, const Phrase& phrase) {
    std::vector<bool> in_run(phrase.size());
    if (phrase.size() < 3 || asked_.in_one_verse) return in_run;
    std::vector<Run> runs;
    std::size_t end = 0;  // of the runs
    std::size_t starts = 0;
    for (std::size_t first = 0; first + 1 < phrase.size() && starts < max_starts; ++starts) {
      const std::size_t words = words_from(limits, phrase, first, end);
      if (words > 1 && first + words > end) {
        runs.push_back({first, words});
        end = first + words;
      }
      first += phrase.size() <= max_starts ? 1 : std::max<std::size_t>(words, 1);
    }
    std::ranges::stable_sort(runs, std::greater<>(), &Run::words);
    runs.resize(std::min(runs.size(), max_runs));
    for (const Run& run : runs) {
      add_as_typed(Instead::part, with(limits, part(phrase, run)));
      for (std::size_t i = 0; i < run.words; ++i) in_run[run.first + i] = true;
    }
    return in_run;
  }

  // How many words follow each other somewhere, from the first one on; those up to `end` do.
  std::size_t words_from(const TextRequest& limits, const Phrase& phrase, std::size_t first,
                         std::size_t end) {
    if (is_arabic()) {
      const auto turn = tools_.context.turns.take(limits.options.expired);
      return search::words_together(tools_.context.core, tools_.context.words,
                                    std::span(phrase).subspan(first), limits.options);
    }
    if (phrase.size() > max_words_in_other_letters) return 0;
    std::size_t words = end > first ? end - first : 1;
    while (first + words < phrase.size() && is_there(with(limits, part(phrase, {first, words + 1})))) ++words;
    return words;
  }

  // In other letters, only by what the words can be: all readings, one after the other, take much longer where there is nothing.
  bool is_there(TextRequest request) const {
    if (request.language || request.options.loosest) return search(request).text.hits > 0;
    const auto has = [&](text::Step step) {
      request.options.loosest = step;
      return search(request).text.hits > 0;
    };
    return all_in_translations_ ? has(text::Step::gloss) || has(text::Step::translation)
                                : has(text::Step::transliteration);
  }

  // Each word by itself: where it was sought, or else anywhere. Of many words those that are in no run.
  void add_words(const TextRequest& limits, const Phrase& phrase, const std::vector<bool>& in_run) {
    std::size_t words = 0;
    for (std::size_t i = 0; i < phrase.size() && words < max_words; ++i) {
      if (phrase[i].kind == QueryWord::Kind::any_word || (phrase.size() > max_words && in_run[i])) continue;
      ++words;
      if (std::ranges::find(unknown_, search::written(phrase[i])) != unknown_.end()) continue;
      if (add_word(limits, phrase[i]) || add_word(anywhere_, phrase[i])) continue;
      QueryWord bare = phrase[i];
      bare.exact = false;
      if (phrase[i].exact) add_word(anywhere_, bare);
    }
  }

  bool add_word(const TextRequest& limits, const QueryWord& word) {
    return add_as_typed(Instead::word, alone(limits, word));
  }
  static TextRequest alone(const TextRequest& limits, const QueryWord& word) {
    TextRequest request = with(limits, utf8_of(search::written(Phrase{word})));
    request.in_one_verse = false;
    return request;
  }

  static std::string part(const Phrase& phrase, Run run) {
    const auto first = phrase.begin() + static_cast<std::ptrdiff_t>(run.first);
    return utf8_of(search::written(Phrase(first, first + static_cast<std::ptrdiff_t>(run.words))));
  }
  static TextRequest with(TextRequest request, std::string q) {
    request.q = std::move(q);
    return request;
  }

  // Nothing, where a part means nothing by itself.
  Searched search(const TextRequest& request) const {
    try {
      return search_words(tools_, request);
    } catch (const Error&) {
      return {};
    }
  }

  bool add(Instead instead, const TextRequest& request) {
    return is_new(request) && add(instead, request, search(request));
  }
  // What is found only by what may have been meant is suggested beside the unknown word.
  bool add_as_typed(Instead instead, const TextRequest& request) {
    if (!is_new(request)) return is_named(request);
    Searched found = search(request);
    const text::Step step = found.text.loosest;
    const bool as_typed = step != text::Step::typing && step != text::Step::sound;
    if (found.text.hits == 0 || !as_typed || !add(instead, request, found)) return false;
    if (instead == Instead::word) places_.emplace(parameters_of(request), std::move(found.text.by_verse));
    return true;
  }
  bool add(Instead instead, const TextRequest& request, const Searched& found) {
    if (found.text.verses == 0 || found.text.partial) return false;
    out_.push_back({instead, parameters_of(request), found.text.verses, found.text.hits});
    return true;
  }

  bool is_found(const std::string& q) const {
    return std::ranges::any_of(out_, [&](const OtherSearch& other) {
      return other.instead == Instead::word && other.parameters.front().second == q;
    });
  }
  bool is_new(const TextRequest& request) {
    Given parameters = parameters_of(request);
    if (std::ranges::find(tried_, parameters) != tried_.end()) return false;
    tried_.push_back(std::move(parameters));
    return true;
  }
  bool is_named(const TextRequest& request) const {
    return std::ranges::find(out_, parameters_of(request), &OtherSearch::parameters) != out_.end();
  }

  Given parameters_of(const TextRequest& request) const {
    Given out{{std::string(text_parameter.row.name),
               request.cited.empty() ? request.q : request.q + " " + request.cited}};
    const auto keep = [&](const http::Parameter& parameter, bool kept) {
      const auto value = std::ranges::find(given_, parameter.name, &Given::value_type::first);
      if (kept && value != given_.end()) out.push_back(*value);
    };
    keep(step_parameter.row, request.options.loosest.has_value());
    keep(language_parameter.row, request.language.has_value());
    keep(proclitics_parameter.row, request.options.proclitics != search::Proclitics::yes);
    if (request.in_one_verse) out.emplace_back(nearness_parameter.row.name, nearness_values[1]);
    for (const http::Parameter* parameter : {&surah_parameter.row, &juz_parameter.row, &place_parameter.row})
      keep(*parameter, request.options.verses.size() > 0);
    return out;
  }

  const SearchTools& tools_;
  TextRequest asked_, anywhere_;  // without any limit
  const Given& given_;
  std::optional<search::TextQuery> query_;
  std::vector<std::u32string> unknown_;
  bool all_in_translations_ = false;  // of words in other letters
  std::vector<Given> tried_;
  std::map<Given, std::vector<search::VerseHits>> places_;  // of the words that were found
  std::vector<OtherSearch> out_;
};

}  // namespace

std::vector<OtherSearch> other_searches(const SearchTools& tools, const TextRequest& request,
                                        const std::vector<std::pair<std::string, std::string>>& given,
                                        std::vector<search::UnknownWord>& unknown) {
  return OtherSearches(tools, request, given).run(unknown);
}

}  // namespace kalima::api::v1
