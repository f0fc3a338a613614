#include "api/v1/search_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "api/v1/answer.h"
#include "api/v1/cited.h"
#include "api/v1/search_latin.h"
#include "api/v1/search_parameters.h"
#include "api/v1/search_verse.h"
#include "search/arabic_names.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/letters.h"
#include "text/tokens.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

using http::Call;

// Which verses are searched; without size if all are.
Bits searched_verses(const Places& places, std::size_t verses, const Call& call) {
  const NumberSet* surahs = call.find(surah_parameter);
  const NumberSet* juzs = call.find(juz_parameter);
  const std::size_t* place = call.find(place_parameter);
  if (surahs == nullptr && juzs == nullptr && place == nullptr) return {};
  Bits out(verses);
  for (std::uint32_t surah = 1; surah <= max_surah; ++surah) {
    if (surahs != nullptr && !surahs->has(surah)) continue;
    for (const std::uint32_t verse : places.between({surah, 0}, {surah + 1, 0})) {
      const corpus::VersePlace at = places.place(verse);
      if ((juzs == nullptr || juzs->has(juz_of(at))) &&
          (place == nullptr || revealed_at(at) == static_cast<attributes::Place>(*place)))
        out.set(verse);
    }
  }
  return out;
}

// The numbers of the verses that a reference names.
std::vector<std::uint32_t> verses_of(const Places& places, const Reference& reference) {
  if (reference.word) return {places.verse(reference.word->verse, text_parameter.row.name)};
  const auto of_range = places.verses(*reference.range, text_parameter.row.name);
  return {of_range.begin(), of_range.end()};
}

// The same search, only in the verses that are named.
search::TextOptions within(const Places& places, const std::vector<Reference>& references,
                           search::TextOptions options, std::size_t all_verses) {
  Bits verses(all_verses);
  for (const Reference& reference : references) {
    for (const std::uint32_t verse : verses_of(places, reference)) {
      if (options.is_searched(verse)) verses.set(verse);
    }
  }
  options.verses = std::move(verses);
  return options;
}

// The verses that are named, without hits.
search::TextFound named_verses(const Places& places, const std::vector<Reference>& references,
                               const search::TextOptions& options) {
  search::TextFound found;
  for (const Reference& reference : references) {
    for (const std::uint32_t verse : verses_of(places, reference)) {
      if (!options.is_searched(verse)) continue;
      ++found.verses;
      if (found.verses > options.offset && found.results.size() < options.limit)
        found.results.push_back({verse, {}});
    }
  }
  return found;
}

void by_reference(const SearchTools& tools, const search::TextOptions& options, Searched& found) {
  found.read_as = ReadAs::reference;
  found.text = named_verses(tools.places, found.references, options);
}

template <typename Do>
void about_q(Do&& action) {
  in_context([] { return ErrorContext{.parameter = std::string(text_parameter.row.name)}; },
             std::forward<Do>(action));
}

constexpr std::size_t max_words_with_lexemes = 8, max_lexemes = 8, max_suggestions = 3;

search::Suggestion suggestion_of(const columns::CoreFile& core, const search::Lexeme& lexeme) {
  const bool is_root = lexeme.attribute == attributes::Attribute::root;
  const std::string name = (is_root ? "root:" : "lemma:") + core.text(lexeme.attribute, lexeme.value);
  return {is_root ? text::Step::root : text::Step::lemma, std::nullopt, utf8::to_code_points(name),
          core.counts(lexeme.attribute, lexeme.value).words};
}

// The roots or lemmas of the words that mean what was typed in English, most frequent first.
std::vector<search::Lexeme> lexemes_glossed(const SearchTools& tools, const search::QueryWord& word) {
  const auto glosses = tools.searching.glosses();
  std::vector<search::Lexeme> out;
  if (!glosses) return out;
  const columns::CoreFile& core = tools.context.core;
  const search::Meanings::Sought sought(*glosses, {search::QueryWord{.word = word.word}});
  std::map<std::uint32_t, std::size_t> uses;
  for (const std::uint32_t verse : sought.verses()) {
    for (const search::Meaning& gloss : *glosses->of(verse)) {
      for (const search::MeaningHit& hit : sought.in(gloss)) {
        const std::size_t number = core.words_of(verse).begin + gloss.words[hit.words.front()].word - 1;
        const columns::Range segments = core.segments_of(number);
        for (std::size_t segment = segments.begin; segment < segments.end; ++segment) {
          if (const std::uint32_t value = core.value(word.attribute, segment); value != 0) ++uses[value];
        }
      }
    }
  }
  for (const auto& [value, count] : uses) out.push_back({word.attribute, value});
  std::ranges::stable_sort(out, std::greater<>(), [&](const search::Lexeme& l) { return uses[l.value]; });
  return out;
}

// What somebody may mean by a root or lemma that the corpus lacks: that of the word, or of words that mean it.
std::vector<search::Suggestion> lexeme_suggestions(const SearchTools& tools, const search::QueryWord& word,
                                                   const search::Expired& expired) {
  const search::Lexemes& lexemes = tools.searching.lexemes();
  const std::string typed = utf8_of(word.word.written);
  std::vector<search::Lexeme> list;
  if (is_in_other_letters(typed)) {
    const auto arabic = search::arabic_of_name(typed);
    if (arabic) {
      const text::Word first(utf8::to_code_points(arabic->substr(0, arabic->find_first_of(" |"))));
      list = lexemes.of(search::entries_of(tools.context.words, first, expired), word.attribute);
    } else {
      list = lexemes_glossed(tools, word);
    }
  } else {
    list = lexemes.of(search::entries_of(tools.context.words, word.word, expired), word.attribute);
  }
  std::vector<search::Suggestion> out;
  for (std::size_t i = 0; i < std::min(list.size(), max_suggestions); ++i)
    out.push_back(suggestion_of(tools.context.core, list[i]));
  return out;
}

// What is known of the words of a query, and which of its roots and lemmas are unknown.
void add_lexemes(const SearchTools& tools, const search::TextQuery& query, const search::Expired& expired,
                 Searched& found) {
  using attributes::Attribute;
  const search::Lexemes& lexemes = tools.searching.lexemes();
  const auto some = [](std::vector<search::Lexeme> list) {
    list.resize(std::min(list.size(), max_lexemes), search::Lexeme{Attribute::root, 0});
    return list;
  };
  for (const search::Phrase& phrase : query.phrases) {
    for (const search::QueryWord& word : phrase) {
      const bool named = word.kind == search::QueryWord::Kind::lexeme;
      if (named && word.also && word.also->entries.empty())
        found.text.unknown.push_back({search::written(word), lexeme_suggestions(tools, word, expired)});
      if (found.lexemes.size() == max_words_with_lexemes || expired()) continue;
      if (named) {
        auto of_name = some(lexemes.named(word.attribute, utf8_of(word.word.written)));
        WordLexemes& out = found.lexemes.emplace_back(WordLexemes{utf8_of(search::written(word)), {}, {}});
        (word.attribute == Attribute::root ? out.roots : out.lemmas) = std::move(of_name);
      } else if (word.kind == search::QueryWord::Kind::word) {
        const auto entries = search::entries_of(tools.context.words, word.word, expired);
        if (entries.empty()) continue;
        found.lexemes.push_back({text::nfc(utf8_of(word.word.written)),
                                 some(lexemes.of(entries, Attribute::lemma)),
                                 some(lexemes.of(entries, Attribute::root))});
      }
    }
  }
}

search::TextQuery query_of_root(std::string_view typed) {
  search::TextQuery query;
  query.phrases.push_back({search::QueryWord{.kind = search::QueryWord::Kind::lexeme,
                                             .word = text::Word(utf8::to_code_points(typed)),
                                             .attribute = attributes::Attribute::root}});
  return query;
}

// "ك ت ب", "ك-ت-ب": letters of a root, apart.
bool is_letters_apart(std::string_view q) {
  std::size_t count = 0;
  for (const text::Token& token : text::tokens(utf8::to_code_points(q))) {
    if (text::letters(token.word).size() != 1) return false;
    ++count;
  }
  return count >= 3 && count <= 5;
}

// A word that is not in the texts may be the name of a lemma.
void suggest_lemmas(const SearchTools& tools, std::vector<search::UnknownWord>& unknown) {
  for (search::UnknownWord& word : unknown) {
    if (word.word.find_first_of(U"-:") != std::u32string::npos) continue;
    for (const search::Lexeme& lemma :
         tools.searching.lexemes().named(attributes::Attribute::lemma, utf8_of(word.word)))
      word.suggestions.push_back(suggestion_of(tools.context.core, lemma));
  }
}

void search_arabic(const SearchTools& tools, const std::string& q, const search::TextOptions& options,
                   Searched& found) {
  const Context& context = tools.context;
  if (options.loosest == text::Step::transliteration || options.loosest == text::Step::consonants) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the step {} is for Latin letters", text::step_name(*options.loosest)),
                "leave out step, or name a language with lang")
        .with({.parameter = std::string(step_parameter.row.name)});
  }
  const auto turn = context.turns.take(options.expired);
  const search::Lexemes& lexemes = tools.searching.lexemes();
  const auto search = [&](search::TextQuery query, ReadAs read_as) {
    search::find_lexemes(lexemes, context.words, options.loosest, options.expired, query);
    found.read_as = read_as;
    found.text = search::search_text(context.core, context.words, query, options);
    add_lexemes(tools, query, options.expired, found);
  };
  if (is_letters_apart(q) && !lexemes.named(attributes::Attribute::root, q).empty())
    return search(query_of_root(q), ReadAs::root);
  const search::TextQuery query = search::parse_text_query(q);
  search(query, ReadAs::text);
  const bool as_typed = found.text.hits > 0 && found.text.loosest < text::Step::typing;
  const bool one_word = query.phrases.size() == 1 && query.phrases[0].size() == 1 && query.excluded.empty();
  if (!as_typed && !found.text.partial && !options.loosest && one_word &&
      query.phrases[0][0].kind == search::QueryWord::Kind::word && lexemes.is_root(q)) {
    found.lexemes.clear();
    search(query_of_root(q), ReadAs::root);
  } else if (!found.text.partial) {
    suggest_lemmas(tools, found.text.unknown);
  }
}

// Moses, Satan, zakat: the words of the text that the name is of.
void search_name(const SearchTools& tools, const std::string& q, const search::TextOptions& options,
                 Searched& found) {
  const auto arabic = search::arabic_of_name(q);
  if (!arabic || options.loosest) return;
  Searched named;
  search_arabic(tools, *arabic, options, named);
  // In a corpus without the name what is near it is something else.
  if (named.text.hits == 0 || named.text.loosest >= text::Step::typing) return;
  named.references = std::move(found.references);
  named.read_as = ReadAs::transliteration;
  named.text.unknown.clear();
  found = std::move(named);
}

// The root whose letters are typed, in Buckwalter's transliteration: rHm, ktb.
void add_root(const columns::CoreFile& core, const std::string& q, Searched& found) {
  const auto letters = text::arabic_from_buckwalter(text::stripped(q));
  const auto root = letters ? core.dictionary(attributes::Attribute::root).find(*letters) : std::nullopt;
  if (root && found.lexemes.empty()) found.lexemes.push_back({q, {}, {{attributes::Attribute::root, *root}}});
}

}  // namespace

bool is_in_other_letters(std::string_view q) {
  const std::u32string code_points = utf8::to_code_points(q);
  const auto is_letter = [](char32_t c) { return text::code_point(c).kind == text::Kind::letter; };
  return std::ranges::any_of(code_points, is_letter) &&
         std::ranges::none_of(code_points, text::is_arabic_letter);
}

TextRequest text_request(const Places& places, std::size_t verses, const Call& call) {
  TextRequest request;
  request.q = call[text_parameter];
  if (const std::string* language = call.find(language_parameter)) request.language = *language;
  request.in_one_verse = call[nearness_parameter] == 1;
  search::TextOptions& options = request.options;
  if (const std::size_t* step = call.find(step_parameter)) options.loosest = static_cast<text::Step>(*step);
  options.proclitics = static_cast<search::Proclitics>(call[proclitics_parameter]);
  options.order = static_cast<search::Order>(call[order_parameter]);
  options.verses = searched_verses(places, verses, call);
  options.offset = call[offset_parameter];
  options.limit = call[verses_parameter];
  return request;
}

Searched search_words(const SearchTools& tools, const TextRequest& request) {
  const std::string& q = request.q;
  const search::TextOptions& options = request.options;
  if (request.in_one_verse) {
    const auto query = query_of_words(q);
    const auto has_more = [](const search::Phrase& phrase) { return phrase.size() > 1; };
    if (query && std::ranges::any_of(query->phrases, has_more))
      return search_in_one_verse(tools, request, *query);
  }
  Searched found;
  if (request.language) {
    about_q([&] { search_meaning(tools, q, *request.language, options, found); });
    return found;
  }
  const bool names_lexemes = search::names_lexemes(q);
  const bool latin = is_in_other_letters(q);
  const bool by_meaning = options.loosest && *options.loosest >= text::Step::gloss;
  if (!names_lexemes) {
    for (Reference& reference : find_references(q, false)) {
      if (is_there(tools.places, reference) || reference.certain)
        found.references.push_back(std::move(reference));
    }
  }
  const bool certain = !found.references.empty() && found.references.front().certain;
  if (certain) {
    by_reference(tools, options, found);
  } else if ((!latin && !by_meaning) || names_lexemes ||
             (!options.loosest && is_letters_apart(q) &&
              !tools.searching.lexemes().named(attributes::Attribute::root, q).empty())) {
    about_q([&] { search_arabic(tools, q, options, found); });
  } else {
    about_q([&] {
      search_name(tools, q, options, found);
      if (found.text.hits == 0 && !found.text.partial) search_latin(tools, q, options, found);
    });
    add_root(tools.context.core, q, found);
  }
  const bool nothing = found.text.hits == 0;
  // What is a mistake away from the words of the text is not meant by who typed the name of a surah.
  const bool mistyped = found.read_as == ReadAs::text && found.text.loosest >= text::Step::typing &&
                        found.text.loosest <= text::Step::sound && !options.loosest;
  if (!certain && (nothing || mistyped) && !found.text.partial && !found.references.empty())
    by_reference(tools, options, found);
  return found;
}

Searched search_for(const SearchTools& tools, TextRequest& request) {
  const auto has_letter = [](std::string_view text) {
    const std::u32string code_points = utf8::to_code_points(text);
    return std::ranges::any_of(code_points,
                               [](char32_t c) { return text::code_point(c).kind == text::Kind::letter; });
  };
  Cited cited = find_cited(request.q);
  // All of it may be a reference: "Q. 2:255", "al-Baqara (2:255)".
  const bool whole = !search::names_lexemes(request.q) &&
                     std::ranges::any_of(find_references(request.q, false), &Reference::certain);
  if (whole || cited.references.empty()) return search_words(tools, request);
  Searched found;
  if (has_letter(cited.words)) {
    request.options =
        within(tools.places, cited.references, std::move(request.options), tools.context.core.verses());
    request.q = std::move(cited.words);
    request.cited = std::move(cited.places);
    found = search_words(tools, request);
    found.references = std::move(cited.references);
  } else {
    found.references = std::move(cited.references);
    by_reference(tools, request.options, found);
  }
  return found;
}

}  // namespace kalima::api::v1
