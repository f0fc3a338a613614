#include "api/v1/search_latin.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "api/v1/search_parameters.h"
#include "search/arabic_names.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/transliterations.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

using search::MeaningSource;
using text::Step;

// What can be searched by meaning.
std::vector<MeaningSource> sources_of(const SearchTools& tools, std::optional<Step> step,
                                      const std::string* language) {
  std::vector<MeaningSource> out;
  const auto wanted = [&](Step kind, const std::string& of) {
    return (!step || *step == kind) && (language == nullptr || *language == of);
  };
  if (const auto glosses = tools.searching.glosses(); glosses && wanted(Step::gloss, glosses->language()))
    out.push_back({Step::gloss, glosses});
  // Held while it is gone through: the next write replaces it.
  const auto translations = tools.searching.translations(*tools.context.readers.lease());
  for (const auto& [name, meanings] : *translations) {
    if (wanted(Step::translation, name)) out.push_back({Step::translation, meanings});
  }
  return out;
}

void search_sources(const SearchTools& tools, const std::vector<MeaningSource>& sources,
                    const search::TextQuery& query, const search::TextOptions& options, Searched& found) {
  search::MeaningFound meaning = search::search_meanings(tools.context.words, sources, query, options);
  found.read_as = ReadAs::meaning;
  found.text = std::move(meaning.found);
  found.nearness = meaning.nearness;
  found.nearness_counts = meaning.counts;
  found.searched.clear();
  for (const MeaningSource& source : sources)
    found.searched.push_back(
        {source.step == Step::gloss, source.meanings->language(), source.meanings->size()});
}

[[noreturn]] void refuse_step(std::string_view what, std::string cure) {
  throw Error(ErrorCode::bad_input, std::string(what), std::move(cure))
      .with({.parameter = std::string(step_parameter.row.name)});
}

// Words of the same stem left out.
search::TextQuery as_written(search::TextQuery query) {
  for (search::Phrase& phrase : query.phrases) {
    for (search::QueryWord& word : phrase) word.exact = true;
  }
  return query;
}

// Buckwalter has signs that nobody else writes, or capitals within a word.
std::optional<search::TextQuery> buckwalter_query(const std::string& q) {
  bool sign = false;
  for (std::size_t i = 0; i < q.size(); ++i) {
    const bool capital = q[i] >= 'A' && q[i] <= 'Z';
    sign = sign || std::string_view("$*><&}{~`^#").find(q[i]) != std::string_view::npos ||
           (capital && i > 0 && q[i - 1] != ' ' && q[i - 1] != '-');
  }
  if (!sign) return std::nullopt;
  const auto arabic = text::arabic_from_buckwalter(q);
  if (!arabic) return std::nullopt;
  try {  // another reading may have it
    return search::parse_text_query(*arabic);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The first of the results that what was typed has.
search::TextFound first_result(const SearchTools& tools, const text::LatinText& latin,
                               search::TextOptions options) {
  options.offset = 0;
  options.limit = 1;
  return search::search_latin(tools.context.core, tools.context.words, tools.searching.sounds(), latin,
                              options);
}

// Whether the gloss of the first word that sounds so has a word that was typed: a name, such as Musa.
bool is_a_name(const SearchTools& tools, const search::TextFound& found, const search::TextQuery& query) {
  using attributes::Attribute;
  const columns::CoreFile& core = tools.context.core;
  if (found.results.empty() || found.results[0].hits.empty()) return false;
  for (const search::TextWord& word : found.results[0].hits[0].words) {
    const columns::Range words = core.words_of(word.verse);
    if (word.word == 0 || words.begin + word.word > words.end) continue;
    const std::size_t number = words.begin + word.word - 1;
    const std::string gloss = text::lower(core.text(Attribute::gloss, core.value(Attribute::gloss, number)));
    for (const search::QueryWord& typed : query.phrases[0]) {
      std::string written;
      for (const char32_t c : typed.word.written) utf8::append(written, c);
      if (gloss.find(text::lower(written)) != std::string::npos) return true;
    }
  }
  return false;
}

void take_text(search::TextFound text, ReadAs read_as, Searched& found) {
  found.text = std::move(text);
  found.read_as = read_as;
}

void search_as(const SearchTools& tools, const std::string& q, Step step, const search::TextOptions& options,
               Searched& found) {
  const Context& context = tools.context;
  if (step == Step::transliteration || step == Step::consonants) {
    const auto typed = text::LatinText::read(q);
    if (!typed) refuse_step("q cannot be read as Arabic in Latin letters", "leave out step");
    take_text(search::search_latin(context.core, context.words, tools.searching.sounds(), *typed, options),
              ReadAs::transliteration, found);
  } else if (step == Step::gloss || step == Step::translation) {
    const auto sources = sources_of(tools, step, nullptr);
    if (sources.empty()) {
      refuse_step(step == Step::gloss ? "the corpus has no glosses" : "the corpus has no translations",
                  step == Step::gloss ? "import the treebank file" : "import a translation");
    }
    search_sources(tools, sources, search::parse_text_query(q, search::Script::any), options, found);
  } else {
    refuse_step(fmt::format("the step {} is for Arabic letters", text::step_name(step)), "leave out step");
  }
}

// Names that differ in a letter from what was typed, among the suggestions for it.
void add_names(const Context& context, std::string_view q, search::TextFound& found) {
  std::vector<search::Suggestion> near;
  search::TextOptions spelling;
  spelling.loosest = text::loosest_step;
  spelling.limit = 0;
  for (const std::string& name : search::names_near(q)) {
    const search::TextQuery arabic = search::parse_text_query(search::arabic_of_name(name).value());
    const std::size_t uses = search::search_text(context.core, context.words, arabic, spelling).hits;
    if (uses > 0) near.push_back({Step::typing, std::nullopt, utf8::to_code_points(name), uses});
  }
  if (near.empty()) return;
  if (found.unknown.empty()) found.unknown.push_back({utf8::to_code_points(q), {}});
  auto& suggestions = found.unknown.front().suggestions;
  suggestions.insert(suggestions.begin(), near.begin(), near.end());
}

// The further steps of one search are those of another.
void add_further(const search::TextFound& other, search::TextFound& out) {
  for (std::size_t step = 0; step < search::all_steps; ++step) {
    if (out.steps[step].hits == 0 && other.steps[step].hits > 0) out.further[step] = other.steps[step];
  }
}

}  // namespace

std::optional<search::TextQuery> query_in_any_letters(std::string_view q) {
  try {  // another reading may have it
    return search::parse_text_query(q, search::Script::any);
  } catch (const Error&) {
    return std::nullopt;
  }
}

void search_latin(const SearchTools& tools, const std::string& q, const search::TextOptions& options,
                  Searched& found) {
  const Context& context = tools.context;
  const auto turn = context.turns.take(options.expired);
  found.of_corpus_alone = false;
  if (options.loosest) return search_as(tools, q, *options.loosest, options, found);
  if (const auto query = buckwalter_query(q)) {
    search::TextOptions spelling = options;
    spelling.loosest = text::loosest_step;
    search::TextFound text = search::search_text(context.core, context.words, *query, spelling);
    if (text.hits > 0 || text.partial) return take_text(std::move(text), ReadAs::transliteration, found);
  }
  if (std::ranges::any_of(found.references, [](const Reference& r) { return !r.is_word; })) return;
  const auto typed = text::LatinText::read(q);
  search::TextFound text;
  if (typed)
    text = search::search_latin(context.core, context.words, tools.searching.sounds(), *typed, options);
  // Cut short before it found anything: another reading would answer as if this one had ended.
  if (text.hits == 0 && text.partial) return take_text(std::move(text), ReadAs::transliteration, found);
  const std::vector<MeaningSource> sources = sources_of(tools, std::nullopt, nullptr);
  if (sources.empty() && !typed) search::parse_text_query(q);  // says what is missing
  if (text.hits > 0) {
    // Unless it is English too, and what was found means something else.
    const auto query = sources.empty() ? std::nullopt : query_in_any_letters(q);
    const bool is_known = query && search::all_known(sources, as_written(*query));
    const bool is_here = options.offset == 0 && !text.results.empty();
    const bool is_english =
        is_known && !is_a_name(tools, is_here ? text : first_result(tools, *typed, options), *query);
    if (is_english) search_sources(tools, sources, *query, options, found);
    if (found.text.hits == 0) return take_text(std::move(text), ReadAs::transliteration, found);
    return add_further(text, found.text);
  }
  if (!sources.empty()) {
    search_sources(tools, sources, search::parse_text_query(q, search::Script::any), options, found);
    if (found.text.hits > 0 || found.text.partial) return;
  }
  if (sources.empty()) take_text(std::move(text), ReadAs::transliteration, found);
  add_names(context, q, found.text);
  if (!typed || !found.references.empty()) return;
  // Vowels that were typed count: what has only the same consonants is another word.
  search::TextOptions consonants = options;
  consonants.loosest = Step::consonants;
  consonants.limit = 0;
  constexpr auto nth = static_cast<std::size_t>(Step::consonants);
  const search::TextFound other =
      search::search_latin(context.core, context.words, tools.searching.sounds(), *typed, consonants);
  found.text.further[nth] = other.steps[nth];
}

void search_meaning(const SearchTools& tools, const std::string& q, const std::string& language,
                    const search::TextOptions& options, Searched& found) {
  const auto turn = tools.context.turns.take(options.expired);
  found.of_corpus_alone = false;
  if (options.loosest && *options.loosest < Step::gloss)
    refuse_step(fmt::format("the step {} does not go with lang", text::step_name(*options.loosest)),
                "leave out step; gloss and translation go with it");
  const std::string wanted = text::lower(language);
  const auto sources = sources_of(tools, options.loosest, &wanted);
  if (sources.empty()) {
    std::string there, last;
    for (const MeaningSource& source : sources_of(tools, options.loosest, nullptr)) {
      const std::string& name = source.meanings->language();
      if (name != last) there += (there.empty() ? "" : ", ") + name;
      last = name;
    }
    throw Error(ErrorCode::not_found, fmt::format("translation into \"{}\" not found", language),
                there.empty() ? "import a translation" : "languages here: " + there)
        .with({.parameter = std::string(language_parameter.row.name)});
  }
  search_sources(tools, sources, search::parse_text_query(q, search::Script::any), options, found);
}

}  // namespace kalima::api::v1
