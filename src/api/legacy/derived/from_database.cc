#include "api/legacy/derived/from_database.h"

#include "api/legacy/derived/builder.h"
#include "api/legacy/verses/layout_tables.h"

namespace kalima::api::legacy {

void build_snapshot(const store::CorpusReader& database, const std::filesystem::path& file,
                    const Progress& progress) {
  const store::CorpusReader::OneState one_state(database);
  const store::Revision revision = database.revision();
  SnapshotBuilder builder(file, database.identity(), revision.number, revision.mark);
  const auto whole = static_cast<std::size_t>(database.verse_count());
  std::size_t done = 0;
  each_verse(database, [&](const corpus::Verse& verse, const VerseLayout& layout) {
    builder.add(verse, layout);
    if (++done % 100 == 0) progress("index: verses", done, whole);
  });
  builder.set_treebank_columns(database.columns(store::Table::treebank));
  database.each_row(store::Table::treebank,
                    [&](const corpus::TableRow& row) { builder.add_treebank_row(row); });
  builder.set_masaq_columns(database.columns(store::Table::masaq));
  database.each_row(store::Table::masaq, [&](const corpus::TableRow& row) { builder.add_masaq_row(row); });
  builder.finish();
}

}  // namespace kalima::api::legacy
