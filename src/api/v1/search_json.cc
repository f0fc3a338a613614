#include "api/v1/search_json.h"

#include <map>
#include <span>

#include "api/v1/answer.h"
#include "api/v1/search_parameters.h"
#include "api/v1/search_shapes.h"
#include "support/utf8.h"
#include "text/buckwalter.h"
#include "text/proclitics.h"

namespace kalima::api::v1 {
namespace {

using http::JsonWriter;

// The text may have pieces outside the words of the morphology.
void write_number(JsonWriter& out, std::string_view name, const search::TextWord& word) {
  out.key(name);
  if (word.word == 0) {
    out.null();
  } else {
    out.value(word.word);
  }
}

void write_word(JsonWriter& out, const search::WordFile& file, const search::TextWord& word) {
  out.begin_object();
  write_number(out, "word", word);
  out.key("from").value(word.from).key("to").value(word.to);
  out.key("step").value(text::step_name(word.step));
  const std::u32string_view before = file.entry(word.entry).substr(0, word.begin);
  out.key("proclitic");
  if (word.step == text::Step::no_article) {
    out.value(utf8_of(before));
  } else {
    out.value(text::proclitic_name(before));
  }
  out.end_object();
}

using WordSpan = std::span<const search::TextWord>;

// The words at the beginning that are of the first one's verse.
WordSpan in_one_verse(WordSpan words) {
  std::size_t count = 0;
  while (count < words.size() && words[count].verse == words[0].verse) ++count;
  return words.first(count);
}

void write_words(JsonWriter& out, const Context& context, WordSpan words) {
  out.key("words").begin_array();
  for (const search::TextWord& word : words) write_word(out, context.words, word);
  out.end_array();
}

void write_hit(JsonWriter& out, const Context& context, const search::TextHit& hit) {
  WordSpan words = hit.words, own = in_one_verse(words);
  out.begin_object();
  write_number(out, "first_word", own.front());
  write_number(out, "last_word", own.back());
  out.key("step").value(text::step_name(hit.step));
  write_words(out, context, own);
  if (own.size() < words.size()) {
    out.key("continues").begin_array();
    while (own.size() < words.size()) {
      words = words.subspan(own.size());
      own = in_one_verse(words);
      const std::uint32_t verse = own.front().verse;
      out.begin_object().key("surah").value(context.core.surah(verse));
      out.key("ayah").value(context.core.ayah(verse)).key("text").value(context.core.text_of(verse));
      write_words(out, context, own);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
}

void write_steps(JsonWriter& out, std::string_view name, const search::StepCounts& counts) {
  out.key(name).begin_array();
  for (std::size_t step = 0; step < counts.size(); ++step) {
    if (counts[step].hits == 0) continue;
    out.begin_object().key("step").value(text::all_step_names[step]);
    out.key("verses").value(counts[step].verses).key("hits").value(counts[step].hits).end_object();
  }
  out.end_array();
}

void write_unknown(JsonWriter& out, const std::vector<search::UnknownWord>& unknown) {
  out.key("unknown").begin_array();
  for (const search::UnknownWord& word : unknown) {
    out.begin_object().key("word").value(utf8_of(word.word));
    out.key("suggestions").begin_array();
    for (const search::Suggestion& s : word.suggestions) {
      out.begin_object().key("word").value(utf8_of(s.word));
      out.key("step").value(text::step_name(s.step)).key("mistake");
      if (s.mistake) {
        out.value(text::mistake_name(*s.mistake));
      } else {
        out.null();
      }
      out.key("uses").value(s.uses).end_object();
    }
    out.end_array().end_object();
  }
  out.end_array();
}

void write_lexeme_list(JsonWriter& out, const columns::CoreFile& core, std::string_view name,
                       const std::vector<search::Lexeme>& list) {
  out.key(name).begin_array();
  for (const search::Lexeme& lexeme : list) {
    const std::string value = core.text(lexeme.attribute, lexeme.value);
    const columns::Counts counts = core.counts(lexeme.attribute, lexeme.value);
    out.begin_object().key("value").value(value);
    out.key("buckwalter").value(text::buckwalter_from_arabic(value));
    out.key("words").value(counts.words).key("verses").value(counts.verses).end_object();
  }
  out.end_array();
}

void write_lexemes(JsonWriter& out, const columns::CoreFile& core, const std::vector<WordLexemes>& lexemes) {
  out.key("lexemes").begin_array();
  for (const WordLexemes& word : lexemes) {
    out.begin_object().key("word").value(word.word);
    write_lexeme_list(out, core, "lemmas", word.lemmas);
    write_lexeme_list(out, core, "roots", word.roots);
    out.end_object();
  }
  out.end_array();
}

void write_where(JsonWriter& out, const Searched& searched) {
  out.key("searched").begin_array();
  for (const SearchedTexts& texts : searched.searched) {
    out.begin_object().key("what").value(search_shapes::searched_names[texts.glosses ? 0 : 1]);
    out.key("language").value(texts.language).key("texts").value(texts.texts).end_object();
  }
  out.end_array();
  out.key("nearness").begin_array();
  for (std::size_t i = 0; searched.nearness && i < searched.nearness_counts.size(); ++i) {
    const search::Count& count = searched.nearness_counts[i];
    if (count.hits == 0) continue;
    out.begin_object().key("nearness").value(search::nearness_names[i]);
    out.key("verses").value(count.verses).key("hits").value(count.hits).end_object();
  }
  out.end_array();
}

void write_translations(JsonWriter& out, const std::vector<search::FoundTranslation>& list) {
  out.key("translations").begin_array();
  for (const search::FoundTranslation& found : list) {
    out.begin_object().key("language").value(found.language).key("id").value(found.id);
    out.key("by").value(found.by).key("text").value(found.text).key("places").begin_array();
    for (const auto& [from, to] : found.places)
      out.begin_object().key("from").value(from).key("to").value(to).end_object();
    out.end_array().end_object();
  }
  out.end_array();
}

}  // namespace

void write_searched(JsonWriter& out, const Context& context, const Places& places, const Searched& searched) {
  const search::TextFound& found = searched.text;
  out.key("read_as").value(read_as_names[static_cast<std::size_t>(searched.read_as)]);
  out.key("references").begin_array();
  for (const Reference& reference : searched.references) write_reference(out, places, reference);
  out.end_array();
  out.key("step").value(text::step_name(found.loosest));
  out.key("verses").value(found.verses).key("hits").value(found.hits);
  out.key("particles_before").value(found.particles_before);
  out.key("particles_between").value(found.particles_between);
  write_steps(out, "steps", found.steps);
  write_steps(out, "further", found.further);
  write_unknown(out, found.unknown);
  write_lexemes(out, context.core, searched.lexemes);
  write_where(out, searched);
}

void write_search_counts(JsonWriter& out, const columns::CoreFile& core, const search::TextFound& found,
                         const std::vector<bool>& wanted) {
  std::map<std::uint32_t, search::Count> of_surah, of_juz, of_place;
  for (const auto& [verse, hits] : found.by_verse) {
    const auto add = [hits = hits](std::map<std::uint32_t, search::Count>& counts, std::uint32_t part) {
      ++counts[part].verses;
      counts[part].hits += hits;
    };
    const corpus::VersePlace place{core.surah(verse), core.ayah(verse)};
    add(of_surah, place.surah);
    add(of_juz, juz_of(place));
    if (const auto revealed = revealed_at(place)) add(of_place, static_cast<std::uint32_t>(*revealed));
  }
  out.key("counts").begin_object();
  const auto write = [&](std::size_t which, const std::map<std::uint32_t, search::Count>& counts) {
    if (!wanted[which]) return;
    out.key(counts_values[which]).begin_array();
    for (const auto& [part, count] : counts) {
      out.begin_object().key(counts_values[which]);
      if (which == 2) {
        out.value(revelation_names[part]);
      } else {
        out.value(part);
      }
      out.key("verses").value(count.verses).key("hits").value(count.hits).end_object();
    }
    out.end_array();
  };
  write(0, of_surah);
  write(1, of_juz);
  write(2, of_place);
  out.end_object();
}

void write_instead(JsonWriter& out, const std::vector<OtherSearch>& instead) {
  out.key("instead").begin_array();
  for (const OtherSearch& other : instead) {
    out.begin_object().key("kind").value(instead_names[static_cast<std::size_t>(other.instead)]);
    out.key("parameters").begin_object();
    for (const auto& [name, value] : other.parameters) out.key(name).value(value);
    out.end_object().key("verses").value(other.verses).key("hits").value(other.hits).end_object();
  }
  out.end_array();
}

void write_search_results(JsonWriter& out, const Context& context, const search::TextFound& found) {
  const columns::CoreFile& core = context.core;
  out.key("results").begin_array();
  for (const search::TextVerse& result : found.results) {
    out.begin_object();
    out.key("surah").value(core.surah(result.verse)).key("ayah").value(core.ayah(result.verse));
    out.key("index").value(result.verse).key("text").value(core.text_of(result.verse));
    out.key("hits").begin_array();
    for (const search::TextHit& hit : result.hits) write_hit(out, context, hit);
    out.end_array();
    if (!result.translations.empty()) write_translations(out, result.translations);
    out.end_object();
  }
  out.end_array();
}

}  // namespace kalima::api::v1
