#include "importers/public.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "api/legacy/verses/layout_tables.h"
#include "corpus/surahs.h"
#include "corpus/word_places.h"
#include "importers/morphology_words.h"
#include "importers/source_file.h"
#include "importers/tables.h"
#include "importers/tanzil_text.h"
#include "importers/translations.h"
#include "importers/verse_index.h"
#include "support/clock.h"
#include "support/files.h"
#include "support/json.h"

namespace kalima::importers {
namespace {

corpus::Verse bare_verse(const TextVerse& from) {
  corpus::Verse verse;
  verse.surah = from.surah;
  verse.ayah = from.ayah;
  verse.surah_name = corpus::surahs()[static_cast<std::size_t>(from.surah) - 1].name;
  verse.text = from.text;
  // Every verse has this list.
  verse.research.push_back({corpus::ResearchKind::annotation, {}});
  return verse;
}

// The words of a text without morphology.
void add_words(std::string_view text, corpus::Verse& verse) {
  for (const corpus::TextWord& word : corpus::text_words(text)) {
    verse.words.push_back({static_cast<std::int64_t>(verse.words.size()) + 1, std::string(word.shown), {}});
  }
}

// Like the documents that POST /api/translations stores (api/legacy/research_documents.h).
json::Value translation_document(const TranslationTexts& from, std::size_t place, const std::string& now) {
  return json::Object{{"language", from.language},
                      {"text", from.texts[place]},
                      {"source", from.source},
                      {"id", from.id},
                      {"created_at", now}};
}

// The basmala as a key after the text, which only the older server's API shows.
api::legacy::VerseLayout with_bismillah(const std::string& bismillah) {
  api::legacy::VerseLayout layout;
  layout.verse = {{"surah", "ayah", "text", "bismillah", "tokens"}, {{"bismillah", bismillah}}};
  return layout;
}

// Where the data come from, and the notices that must be passed on with them, for the export.
std::string metadata(const PublicFiles& from, const TanzilText& text, const Counts& counts) {
  json::Array sources;
  const auto add = [&](const std::filesystem::path& file) {
    sources.emplace_back(files::to_utf8(file.filename()));
  };
  add(from.text);
  for (const auto* file : {&from.morphology, &from.treebank, &from.masaq}) {
    if (*file) add(**file);
  }
  for (const Translation& translation : from.translations) add(translation.file);
  std::string out;
  json::write_indented(json::Object{{"source", std::move(sources)},
                                    {"verse_count", static_cast<std::int64_t>(counts.verses)},
                                    {"surah_count", static_cast<std::int64_t>(counts.surahs)},
                                    {"text_notice", text.comments}},
                       out);
  return out;
}

}  // namespace

Counts import_public(const PublicFiles& from, store::CorpusWriter& writer, const Progress& progress) {
  const SourceFile text_file(from.text, max_text_bytes);
  TanzilText text = read_tanzil(text_file);
  finish_arabic_text(text_file, text);
  std::vector<TranslationTexts> translations;
  std::set<std::string> ids;
  for (const Translation& translation : from.translations) {
    TranslationTexts read = read_translation(translation, text, ids);
    require_other(read, translations);
    translations.push_back(std::move(read));
  }
  std::optional<SourceFile> morphology_file;
  std::optional<MorphologyWords> morphology;
  if (from.morphology)
    morphology.emplace(text_file, morphology_file.emplace(*from.morphology, max_morphology_bytes));

  Counts counts;
  VerseIndex index;
  api::legacy::LayoutWriter layouts(writer);
  std::set<int> surahs;
  const std::string now = local_iso_time(std::chrono::system_clock::now());
  for (std::size_t place = 0; place < text.verses.size(); ++place) {
    const TextVerse& source = text.verses[place];
    corpus::Verse verse = bare_verse(source);
    if (morphology) {
      morphology->add(source, verse);
    } else {
      add_words(source.text, verse);
    }
    corpus::Research documents{corpus::ResearchKind::translation, {}};
    for (const TranslationTexts& translation : translations) {
      if (translation.texts[place].empty()) continue;
      documents.documents.push_back(translation_document(translation, place, now));
    }
    if (!documents.documents.empty()) verse.research.push_back(std::move(documents));

    const std::int64_t number = writer.add(verse);
    if (!source.bismillah.empty()) layouts.add(number, with_bismillah(source.bismillah));
    index.add(verse.surah, verse.ayah, static_cast<std::int64_t>(place));
    index.add_segments(static_cast<std::int64_t>(place), verse);
    surahs.insert(source.surah);
    counts.add(verse);
    if (counts.verses % 100 == 0) progress("verses", counts.verses, text.verses.size());
  }
  counts.surahs = surahs.size();
  for (const TranslationTexts& translation : translations) {
    const auto verses = static_cast<std::size_t>(
        std::ranges::count_if(translation.texts, [](const std::string& verse) { return !verse.empty(); }));
    counts.translation_files.push_back({translation.source, translation.language, verses});
    if (!translation.note.empty()) counts.warnings.push_back(translation.note);
  }
  if (morphology) morphology->finish(counts, writer);
  if (const std::size_t all = corpus::surahs().size(); counts.surahs < all) {
    counts.warnings.push_back(fmt::format("the text has {} of the {} surahs", counts.surahs, all));
  }
  if (from.treebank)
    import_treebank(SourceFile(*from.treebank, max_table_bytes), writer, index, counts, progress);
  if (from.masaq) import_masaq(SourceFile(*from.masaq, max_table_bytes), writer, index, counts, progress);
  writer.set_meta("legacy.metadata", metadata(from, text, counts));
  writer.set_meta(store::published_research_key, "yes");
  return counts;
}

}  // namespace kalima::importers
