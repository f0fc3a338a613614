#include "importers/public.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "api/legacy/verses/layout_tables.h"
#include "corpus/surahs.h"
#include "importers/alignment.h"
#include "importers/qac_morphology.h"
#include "importers/source_file.h"
#include "importers/tables.h"
#include "importers/tanzil_text.h"
#include "importers/verse_index.h"
#include "support/clock.h"
#include "support/files.h"
#include "support/json.h"
#include "text/skeleton.h"

namespace kalima::importers {
namespace {

constexpr std::size_t max_places_named = 10;

// One translation file, verse by verse like the text.
struct TranslationTexts {
  std::string id, language, source;
  std::vector<std::string> texts;
};

// The translation's texts in the order of the verses of `text`; it must have exactly these verses.
TranslationTexts read_translation(const Translation& from, const TanzilText& text,
                                  std::set<std::string>& ids) {
  const SourceFile file(from.file, max_text_bytes);
  TanzilText read = read_tanzil(file);
  TranslationTexts out;
  out.language = from.language;
  out.source = files::to_utf8(from.file.filename());
  out.id = fmt::format("tr-{}", from.language);
  for (int n = 2; !ids.insert(out.id).second; ++n) out.id = fmt::format("tr-{}-{}", from.language, n);
  for (std::size_t i = 0; i < read.verses.size(); ++i) {
    TextVerse& verse = read.verses[i];
    if (i >= text.verses.size() || verse.surah != text.verses[i].surah || verse.ayah != text.verses[i].ayah) {
      const auto place = [](const TextVerse& v) { return std::pair(v.surah, v.ayah); };
      const bool lacking = i >= text.verses.size() || place(verse) < place(text.verses[i]);
      file.fail(verse.line, lacking ? fmt::format("the text has no verse {}:{}", verse.surah, verse.ayah)
                                    : fmt::format("verse {}:{} where {}:{} is expected", verse.surah,
                                                  verse.ayah, text.verses[i].surah, text.verses[i].ayah));
    }
    out.texts.push_back(std::move(verse.text));
  }
  if (read.verses.size() < text.verses.size()) {
    const TextVerse& missing = text.verses[read.verses.size()];
    file.fail(read.verses.back().line,
              fmt::format("the file ends here; expected verse {}:{}, which the text has", missing.surah,
                          missing.ayah));
  }
  return out;
}

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

void add_word(corpus::Verse& verse, std::string_view form, std::vector<corpus::Segment> segments) {
  verse.words.push_back(
      {static_cast<std::int64_t>(verse.words.size()) + 1, std::string(form), std::move(segments)});
}

// Assigns the morphology, verse by verse, to the words of the text.
class Words {
 public:
  explicit Words(const SourceFile& file) : file_(file), morphology_(file), next_(morphology_.next()) {}

  void add(const TextVerse& text, corpus::Verse& verse) {
    require(text);
    std::vector<std::string> skeletons;
    for (const QacWord& word : next_->words) skeletons.push_back(text::skeleton(word.form));
    const auto words = split_words(text.text);
    const auto forms = align(text.text, words, skeletons);
    if (!forms) {
      file_.fail(next_->line,
                 fmt::format("verse {}:{} has {} words here and {} in the text, and they cannot be matched{}",
                             text.surah, text.ayah, skeletons.size(), words.size(),
                             morphology_.ended() ? "; is the file cut off?" : ""));
    }
    for (std::size_t i = 0; i < forms->size(); ++i) {
      if (text::skeleton((*forms)[i]) != skeletons[i]) {
        if (places_.size() < max_places_named)
          places_.push_back(fmt::format("{}:{}:{}", text.surah, text.ayah, i + 1));
        ++differing_;
      }
      add_word(verse, (*forms)[i], std::move(next_->words[i].segments));
    }
    next_ = morphology_.next();
  }

  // After the last verse of the text.
  void finish(Counts& counts, store::CorpusWriter& writer) const {
    if (next_) fail_lacking();
    if (const std::string& tags = morphology_.differing_tags(); !tags.empty())
      writer.set_meta(store::differing_tags_key, tags);
    morphology_.unknown_features().warn(file_, counts);
    if (differing_ == 0) return;
    counts.warnings.push_back(
        fmt::format("{} word{} spelt otherwise in the text than in the morphology: {}{}", differing_,
                    differing_ == 1 ? " is" : "s are", fmt::join(places_, ", "),
                    differing_ > places_.size() ? ", …" : ""));
  }

 private:
  [[noreturn]] void fail_lacking() const {
    file_.fail(next_->line,
               fmt::format("a segment of verse {}:{}, which the text lacks", next_->surah, next_->ayah));
  }
  // The next verse must be the one of the text.
  void require(const TextVerse& text) const {
    if (!next_) {
      file_.fail(morphology_.line(),
                 fmt::format("the file ends before verse {}:{}, which the text has; is it cut off?",
                             text.surah, text.ayah));
    }
    const std::pair here(next_->surah, next_->ayah), wanted(text.surah, text.ayah);
    if (here < wanted) fail_lacking();
    if (here > wanted) {
      file_.fail(next_->line,
                 fmt::format("a segment of verse {}:{} where one of {}:{} is expected, which the text has",
                             next_->surah, next_->ayah, text.surah, text.ayah));
    }
  }

  const SourceFile& file_;
  QacMorphology morphology_;
  std::optional<QacVerse> next_;
  std::vector<std::string> places_;
  std::size_t differing_ = 0;
};

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
    translations.push_back(read_translation(translation, text, ids));
  }
  std::optional<SourceFile> morphology_file;
  std::optional<Words> morphology;
  if (from.morphology) morphology.emplace(morphology_file.emplace(*from.morphology, max_morphology_bytes));

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
      for (const std::string_view word : split_words(source.text)) add_word(verse, word, {});
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
