// importers/tables, store: the rows of the treebank and of MASAQ come out of the database as they went in,
// each with the verse that its cells name.
//
// libFuzzer: -runs=1000
#include "importers/tables.h"

#include "fuzzing.h"
#include "importers/source_file.h"
#include "small_blocks.h"
#include "store/corpus_reader.h"
#include "support/delimited.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

constexpr std::pair<std::int64_t, std::int64_t> verse_numbers[] = {{1, 1}, {1, 2}, {1, 7}, {2, 1}, {114, 6}};

void no_progress(std::string_view, std::size_t, std::size_t) {}

// "+1" and "01": the first is not a number, the second is 1.
std::string without_zeros(std::string digits) {
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return digits.substr(zeros);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const bool masaq = input.flag();
  const store::Table table = masaq ? store::Table::masaq : store::Table::treebank;
  const MemoryFile bytes(input.rest());
  const std::filesystem::path database = new_database();

  importers::VerseIndex verses;
  importers::Counts counts;
  std::string text;
  const auto imported = refused_or([&] {
    text = importers::SourceFile(bytes.path(), importers::Limit{}).text();
    importers::SourceStream file(bytes.path(), small_blocks);
    store::CorpusWriter writer(database);
    for (const auto& [surah, ayah] : verse_numbers) {
      corpus::Verse verse;
      verse.surah = surah;
      verse.ayah = ayah;
      verses.add(surah, ayah, static_cast<std::int64_t>(verses.size()));
      writer.add(verse);
    }
    masaq ? importers::import_masaq(file, writer, verses, counts, no_progress)
          : importers::import_treebank(file, writer, verses, counts, no_progress);
    writer.finish();
    return true;
  });
  if (!imported) return 0;

  delimited::Reader wanted(text, masaq ? ',' : '\t', delimited::Quotes::honoured);
  std::vector<std::string> columns, cells;
  FUZZ_CHECK(wanted.next(columns));
  const store::CorpusReader reader(database);
  FUZZ_CHECK(reader.columns(table) == columns);
  const auto place = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
  };
  const std::size_t surah = place(masaq ? "Sura_No" : "chapter_id"),
                    ayah = place(masaq ? "Verse_No" : "verse_id");
  std::size_t rows = 0;
  reader.each_row(table, [&](const corpus::TableRow& row) {
    FUZZ_CHECK(wanted.next(cells) && row.cells == cells);
    const auto& [s, a] = verse_numbers[static_cast<std::size_t>(row.verse.value())];
    FUZZ_CHECK(without_zeros(cells.at(surah)) == std::to_string(s));
    FUZZ_CHECK(without_zeros(cells.at(ayah)) == std::to_string(a));
    ++rows;
  });
  FUZZ_CHECK(!wanted.next(cells));
  FUZZ_CHECK(rows == (masaq ? counts.masaq_rows : counts.treebank_rows));
  return 0;
}
