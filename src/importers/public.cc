#include "importers/public.h"

#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <set>
#include <utility>

#include "api/legacy/verses/layout_tables.h"
#include "corpus/surahs.h"
#include "corpus/word_places.h"
#include "importers/morphology_words.h"
#include "importers/source_stream.h"
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
json::Value translation_document(const TranslationReader& from, std::string text, const std::string& now) {
  return json::Object{{"language", from.language()},
                      {"text", std::move(text)},
                      {"source", from.source()},
                      {"id", from.id()},
                      {"created_at", now}};
}

using Translations = std::vector<std::unique_ptr<TranslationReader>>;

Translations checked(const std::vector<Translation>& from, SourceStream& text, const Limits& limits,
                     const SourceStream::OnBlock& on_block) {
  Translations out;
  std::set<std::string> ids;
  for (const Translation& translation : from) {
    auto reader = std::make_unique<TranslationReader>(translation, text, limits, on_block, ids);
    reader->require_other_than(out);
    out.push_back(std::move(reader));
  }
  return out;
}

// Reads all of the text: how many verses it has.
std::size_t count_verses(SourceStream& text) {
  std::size_t verses = 0;
  for (ArabicReader reader(text); reader.next();) ++verses;
  return verses;
}

void add_translations(const TextVerse& source, const Translations& translations, const std::string& now,
                      corpus::Verse& verse) {
  corpus::Research documents{corpus::ResearchKind::translation, {}};
  for (const auto& translation : translations) {
    if (std::string text = translation->text_of(source); !text.empty())
      documents.documents.push_back(translation_document(*translation, std::move(text), now));
  }
  if (!documents.documents.empty()) verse.research.push_back(std::move(documents));
}

// The basmala as a key after the text, which only the older server's API shows.
api::legacy::VerseLayout with_bismillah(const std::string& bismillah) {
  api::legacy::VerseLayout layout;
  layout.verse = {{"surah", "ayah", "text", "bismillah", "tokens"}, {{"bismillah", bismillah}}};
  return layout;
}

// Where the data come from, and the notices that must be passed on with them, for the export.
std::string metadata(const PublicFiles& from, const std::string& comments, const Counts& counts) {
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
                                    {"text_notice", comments}},
                       out);
  return out;
}

}  // namespace

Counts import_public(const PublicFiles& from, const Limits& limits, store::CorpusWriter& writer,
                     const Progress& progress) {
  Counts counts;
  std::size_t verses = 0;
  bool checked_all = false;
  // Much of a file may be other than verses.
  const SourceStream::OnBlock on_block = [&](const SourceStream& file) {
    if (checked_all) {
      progress("verses", counts.verses, verses);
    } else {
      progress("checking", file.done(), file.size());
    }
  };
  SourceStream text_file(from.text, limits.of(Part::text));
  text_file.on_block(on_block);
  verses = count_verses(text_file);
  const Translations translations = checked(from.translations, text_file, limits, on_block);
  std::optional<SourceStream> morphology_file;
  std::optional<MorphologyWords> morphology;
  if (from.morphology) {
    morphology_file.emplace(*from.morphology, limits.of(Part::morphology));
    morphology_file->on_block(on_block);
    morphology.emplace(text_file, *morphology_file);
  }
  checked_all = true;

  VerseIndex index;
  api::legacy::LayoutWriter layouts(writer);
  std::set<int> surahs;
  const std::string now = local_iso_time(std::chrono::system_clock::now());
  ArabicReader text(text_file);
  while (const auto source = text.next()) {
    corpus::Verse verse = bare_verse(*source);
    if (morphology) {
      morphology->add(*source, verse);
    } else {
      add_words(source->text, verse);
    }
    add_translations(*source, translations, now, verse);

    const std::int64_t number = writer.add(verse);
    if (!source->bismillah.empty()) layouts.add(number, with_bismillah(source->bismillah));
    index.add(verse.surah, verse.ayah, number);
    index.add_segments(number, verse);
    surahs.insert(source->surah);
    counts.add(verse);
    if (counts.verses % 100 == 0) progress("verses", counts.verses, verses);
  }
  counts.surahs = surahs.size();
  for (const auto& translation : translations) {
    counts.translation_files.push_back(
        {translation->source(), translation->language(), translation->with_text()});
    if (!translation->note().empty()) counts.warnings.push_back(translation->note());
  }
  if (morphology) morphology->finish(counts, writer);
  if (const std::size_t all = corpus::surahs().size(); counts.surahs < all) {
    counts.warnings.push_back(fmt::format("the text has {} of the {} surahs", counts.surahs, all));
  }
  const auto table = [&](const std::filesystem::path& path, Part part, std::string_view name, auto import,
                         const std::size_t& rows) {
    SourceStream file(path, limits.of(part));
    import(file, writer, index, counts, progress);
    if (rows == 0) file.fail(0, fmt::format("nothing after the header line; expected the rows of {}", name));
  };
  if (from.treebank)
    table(*from.treebank, Part::treebank, "the treebank", import_treebank, counts.treebank_rows);
  if (from.masaq) table(*from.masaq, Part::masaq, "MASAQ", import_masaq, counts.masaq_rows);
  writer.set_meta("legacy.metadata", metadata(from, text.comments(), counts));
  writer.set_meta(store::published_research_key, "yes");
  return counts;
}

}  // namespace kalima::importers
