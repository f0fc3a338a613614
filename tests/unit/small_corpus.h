// Corpora for the tests of store, index and search: random ones, and the one of the fixture folder.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "app/index.h"
#include "corpus/table.h"
#include "corpus/verse.h"
#include "importers/legacy.h"
#include "store/corpus_reader.h"
#include "store/corpus_writer.h"
#include "support/files.h"
#include "verse_samples.h"

namespace kalima::testing {

// A corpus with its tables, as plain values.
struct Corpus {
  std::vector<corpus::Verse> verses;
  std::vector<api::legacy::VerseLayout> layouts;  // of the verses; it may be shorter
  std::vector<std::string> treebank_columns, masaq_columns;
  std::vector<corpus::TableRow> treebank, masaq;

  void add(api::legacy::WrittenVerse written) {
    layouts.resize(verses.size());
    layouts.push_back(std::move(written.layout));
    verses.push_back(std::move(written.verse));
  }
  api::legacy::VerseLayout layout(std::size_t verse) const {
    return verse < layouts.size() ? layouts[verse] : api::legacy::VerseLayout{};
  }
  json::Value json(std::size_t verse) const { return api::legacy::to_json(verses[verse], layout(verse)); }
};

inline Corpus random_corpus(Random& random, std::size_t verse_count, bool odd) {
  Corpus made;
  VerseSamples samples(random, {.odd = odd});
  std::vector<api::legacy::WrittenVerse> verses;
  for (std::size_t i = 0; i < verse_count; ++i) {
    const auto surah = static_cast<std::int64_t>(1 + i * 3 / verse_count),
               ayah = static_cast<std::int64_t>(i + 1);
    verses.push_back(api::legacy::verse_from_json(samples.verse(surah, ayah)));
  }
  // The file's order need not be the order of the references.
  if (odd) random.shuffle(verses);
  for (api::legacy::WrittenVerse& written : verses) made.add(std::move(written));
  static const std::vector<std::string> relations = {"Subj", "Obj", "link", "subj <<ykn>>", "root", "_", ""},
                                        cells = {"", "_", "N", "1", "a\tb", "c\\d\ne", "مجرور", "\"q\""},
                                        roles = {"", "SUBJ", "OBJ", "PREP"},
                                        moods = {"", "NOMINATIVE", "INVARIABLE"};
  made.treebank_columns = {"token_id",  "chapter_id", "verse_id",     "uthmani_unicode", "pos",
                           "lemma",     "root",       "verb_form",    "person",          "gender",
                           "number",    "rel_label",  "rel_label_ar", "ref_token_id",    "verb_aspect",
                           "verb_mood", "verb_voice", "x_other"};
  made.masaq_columns = {"Sura_No",        "Verse_No",  "Word_No", odd ? "Morph_Tag" : "Morph_tag",
                        "Syntactic_Role", "Case_Mood", "Notes"};
  const auto add_rows = [&](const std::vector<std::string>& columns, std::vector<corpus::TableRow>& rows,
                            auto cell_of) {
    for (std::size_t v = 0; v < made.verses.size(); ++v) {
      if (odd && random.one_in(4)) continue;
      for (std::size_t left = random.between(0, 9); left > 0; --left) {
        corpus::TableRow& row = rows.emplace_back();
        row.verse = static_cast<std::int64_t>(v);
        for (const std::string& column : columns) row.cells.push_back(cell_of(column));
      }
    }
    // Rows of one verse need not be consecutive.
    if (odd) random.shuffle(rows);
  };
  add_rows(made.treebank_columns, made.treebank, [&](const std::string& column) {
    return column == "rel_label" ? random.pick(relations) : random.pick(cells);
  });
  add_rows(made.masaq_columns, made.masaq, [&](const std::string& column) {
    if (column.starts_with("Morph"))
      return random.pick(std::vector<std::string>{"PV", "IV", "NOUN", "\"x\"", ""});
    if (column == "Syntactic_Role") return random.pick(roles);
    return column == "Case_Mood" ? random.pick(moods) : random.pick(cells);
  });
  return made;
}

inline void write_database(const Corpus& corpus, const std::filesystem::path& database) {
  store::CorpusWriter writer(database);
  api::legacy::LayoutWriter layouts(writer);
  for (std::size_t i = 0; i < corpus.verses.size(); ++i)
    layouts.add(writer.add(corpus.verses[i]), corpus.layout(i));
  if (!corpus.treebank_columns.empty()) writer.set_columns(store::Table::treebank, corpus.treebank_columns);
  for (const corpus::TableRow& row : corpus.treebank) writer.add_row(store::Table::treebank, row);
  if (!corpus.masaq_columns.empty()) writer.set_columns(store::Table::masaq, corpus.masaq_columns);
  for (const corpus::TableRow& row : corpus.masaq) writer.add_row(store::Table::masaq, row);
  writer.finish();
}

inline Corpus read_database(const store::CorpusReader& reader) {
  Corpus read;
  api::legacy::each_verse(reader, [&](const corpus::Verse& verse, const api::legacy::VerseLayout& layout) {
    read.add({verse, layout});
  });
  read.treebank_columns = reader.columns(store::Table::treebank);
  read.masaq_columns = reader.columns(store::Table::masaq);
  reader.each_row(store::Table::treebank, [&](const corpus::TableRow& row) { read.treebank.push_back(row); });
  reader.each_row(store::Table::masaq, [&](const corpus::TableRow& row) { read.masaq.push_back(row); });
  return read;
}

// A database and its index in a temporary folder.
class IndexedCorpus {
 public:
  explicit IndexedCorpus(Corpus given) : corpus_(std::move(given)) {
    write_database(corpus_, database());
    open();
  }
  // Imports a data folder of the old server.
  explicit IndexedCorpus(const std::filesystem::path& legacy) {
    {
      store::CorpusWriter writer(database());
      importers::import_legacy(legacy, importers::Limits(), writer, no_progress);
      writer.finish();
    }
    corpus_ = read_database(store::CorpusReader(database()));
    open();
  }

  const Corpus& corpus() const { return corpus_; }
  const app::Index& index() const { return *index_; }
  const api::legacy::Snapshot& snapshot() const { return index_->legacy(); }
  std::filesystem::path database() const { return folder_ / "c.db"; }

 private:
  void open() {
    const store::CorpusReader reader(database());
    app::build_index(reader, app::index_folder(database()), no_progress);
    index_ = std::make_unique<app::Index>(app::index_folder(database()), reader);
  }

  TemporaryFolder folder_;
  Corpus corpus_;
  std::unique_ptr<app::Index> index_;
};

// The folder that tests/fixtures/make_folder.py wrote; ctest names it.
inline std::filesystem::path fixture_folder() {
  const char* folder = std::getenv("KALIMA_FIXTURE_FOLDER");
  REQUIRE_MESSAGE(folder != nullptr, "set KALIMA_FIXTURE_FOLDER to what tests/fixtures/make_folder.py wrote");
  return files::path_from_utf8(folder);
}

}  // namespace kalima::testing
