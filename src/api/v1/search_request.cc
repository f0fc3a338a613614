#include "api/v1/search_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "api/v1/answer.h"
#include "api/v1/search_latin.h"
#include "api/v1/search_parameters.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/letters.h"
#include "text/tokens.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

using http::Call;

// Which verses are searched; empty if all are.
std::vector<std::uint8_t> searched_verses(const columns::CoreFile& core, const Call& call) {
  const NumberSet* surahs = call.find(surah_parameter);
  const NumberSet* juzs = call.find(juz_parameter);
  const std::size_t* place = call.find(place_parameter);
  if (surahs == nullptr && juzs == nullptr && place == nullptr) return {};
  std::vector<std::uint8_t> out(core.verses());
  for (std::size_t verse = 0; verse < out.size(); ++verse) {
    const corpus::VersePlace at{core.surah(verse), core.ayah(verse)};
    const bool in = (surahs == nullptr || surahs->has(at.surah)) &&
                    (juzs == nullptr || juzs->has(juz_of(at))) &&
                    (place == nullptr || revealed_at(at) == static_cast<attributes::Place>(*place));
    out[verse] = in ? 1 : 0;
  }
  return out;
}

// The verses that are named, without hits.
search::TextFound named_verses(const Places& places, const std::vector<Reference>& references,
                               const search::TextOptions& options) {
  search::TextFound found;
  for (const Reference& reference : references) {
    std::vector<std::uint32_t> verses;
    if (reference.word) {
      verses.push_back(places.verse(reference.word->verse, text_parameter.row.name));
    } else {
      const auto of_range = places.verses(*reference.range, text_parameter.row.name);
      verses.assign(of_range.begin(), of_range.end());
    }
    for (const std::uint32_t verse : verses) {
      if (!options.verses.empty() && options.verses[verse] == 0) continue;
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

// Letters, none of which is Arabic: Latin, or those of a translation.
bool is_in_other_letters(std::string_view q) {
  const std::u32string code_points = utf8::to_code_points(q);
  const auto is_letter = [](char32_t c) { return text::code_point(c).kind == text::Kind::letter; };
  return std::ranges::any_of(code_points, is_letter) &&
         std::ranges::none_of(code_points, text::is_arabic_letter);
}

template <typename Do>
void about_q(Do&& action) {
  in_context([] { return ErrorContext{.parameter = std::string(text_parameter.row.name)}; },
             std::forward<Do>(action));
}

// How a root or lemma was asked for.
std::string written_lexeme(const search::QueryWord& word) {
  const std::string_view name = word.attribute == attributes::Attribute::root ? "root:" : "lemma:";
  return std::string(name) + utf8_of(word.word.written);
}

constexpr std::size_t max_words_with_lexemes = 8, max_lexemes = 8;

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
        found.text.unknown.push_back({utf8::to_code_points(written_lexeme(word)), {}});
      if (found.lexemes.size() == max_words_with_lexemes || expired()) continue;
      if (named) {
        auto of_name = some(lexemes.named(word.attribute, utf8_of(word.word.written)));
        WordLexemes& out = found.lexemes.emplace_back(WordLexemes{written_lexeme(word), {}, {}});
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

void search_arabic(const SearchTools& tools, const std::string& q, const search::TextOptions& options,
                   Searched& found) {
  const Context& context = tools.context;
  if (options.loosest == text::Step::transliteration || options.loosest == text::Step::consonants) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the step {} is for Latin letters", text::step_name(*options.loosest)),
                "leave out step, or name a language with lang")
        .with({.parameter = std::string(step_parameter.row.name)});
  }
  // Taken only to wait for its turn among the searches.
  const auto turn = context.workers.lease();
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
  }
}

}  // namespace

search::TextOptions search_options(const Context& context, const Call& call) {
  search::TextOptions options;
  if (const std::size_t* step = call.find(step_parameter)) options.loosest = static_cast<text::Step>(*step);
  options.proclitics = static_cast<search::Proclitics>(call[proclitics_parameter]);
  options.order = static_cast<search::Order>(call[order_parameter]);
  options.verses = searched_verses(context.core, call);
  options.offset = call[offset_parameter];
  options.limit = call[verses_parameter];
  return options;
}

Searched search_for(const SearchTools& tools, const Call& call, const search::TextOptions& options) {
  const std::string& q = call[text_parameter];
  Searched found;
  const bool names_lexemes = search::names_lexemes(q);
  const bool latin = is_in_other_letters(q);
  const bool by_meaning = options.loosest && *options.loosest >= text::Step::gloss;
  if (const std::string* language = call.find(language_parameter)) {
    about_q([&] { search_meaning(tools, q, *language, options, found); });
    return found;
  }
  if (!names_lexemes) {
    for (Reference& reference : find_references(q, false)) {
      if (is_there(tools.places, reference) || reference.certain)
        found.references.push_back(std::move(reference));
    }
  }
  const bool certain = !found.references.empty() && found.references.front().certain;
  if (certain) {
    by_reference(tools, options, found);
  } else if ((!latin && !by_meaning) || names_lexemes) {
    about_q([&] { search_arabic(tools, q, options, found); });
  } else {
    about_q([&] { search_latin(tools, q, options, found); });
  }
  const bool nothing = found.text.hits == 0 && !found.text.partial;
  if (!certain && nothing && !found.references.empty()) by_reference(tools, options, found);
  return found;
}

}  // namespace kalima::api::v1
