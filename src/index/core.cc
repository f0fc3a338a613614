#include "index/core.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "attributes/table.h"
#include "corpus/treebank.h"
#include "corpus/word_places.h"
#include "store/lemmas.h"
#include "support/error.h"
#include "support/lines.h"
#include "support/numbers.h"
#include "text/buckwalter.h"
#include "text/unicode.h"

namespace kalima::index {
namespace {

using attributes::Source;
using corpus::SegmentPlace;

// The tags that the morphology file has in its column TAG where its features say another part of speech, which is
// then what the segment has. Lines "S:A:W:G TAG".
std::map<SegmentPlace, std::string> tags_of(const store::CorpusReader& database) {
  std::map<SegmentPlace, std::string> out;
  const std::string lines = database.meta(store::differing_tags_key).value_or("");
  for (Lines reader(lines, LineEnds::lf); reader.next();) {
    const std::string_view line = reader.line();
    const std::size_t space = std::min(line.find(' '), line.size());
    const auto place = corpus::place_from_numbers(line.substr(0, space));
    if (place && space + 1 < line.size()) out.emplace(*place, line.substr(space + 1));
  }
  return out;
}

std::optional<std::string> composed(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text::nfc(text));
}

std::optional<attributes::SegmentType> segment_type(const std::optional<std::string>& name) {
  const auto place = attributes::find_value(attributes::segment_types, name.value_or(""));
  if (!place) return std::nullopt;
  return static_cast<attributes::SegmentType>(*place);
}

columns::Segment segment_from(const corpus::Segment& stored, const store::Lemmas& lemmas) {
  columns::Segment segment;
  segment.form = stored.form;
  segment.tag = stored.pos;
  segment.type = segment_type(stored.type);
  if (stored.root) segment.root = composed(text::arabic_from_buckwalter(*stored.root).value_or(*stored.root));
  if (stored.lemma) segment.lemma = composed(lemmas.as_written(stored));
  segment.features = stored.features.value_or("");
  return segment;
}

class Verses {
 public:
  explicit Verses(const store::CorpusReader& database) : tags_(tags_of(database)), lemmas_(database) {}

  columns::Verse typed(const corpus::Verse& stored) const {
    columns::Verse verse;
    verse.surah = number(stored.surah);
    verse.ayah = number(stored.ayah);
    verse.text = stored.text;
    const auto places = corpus::word_places(stored);
    const auto forms = corpus::word_forms(stored, places);
    for (const corpus::Word& stored_word : stored.words) {
      columns::Word& word = verse.words.emplace_back();
      word.form = forms[verse.words.size() - 1];
      word.place = places[verse.words.size() - 1];
      for (const corpus::Segment& segment : stored_word.segments) {
        word.segments.push_back(segment_from(segment, lemmas_));
        const auto tag = tags_.find({stored.surah, stored.ayah, static_cast<std::int64_t>(verse.words.size()),
                                     static_cast<std::int64_t>(word.segments.size())});
        if (tag != tags_.end()) word.segments.back().tag = tag->second;
      }
    }
    return verse;
  }

 private:
  // A data folder may hold any number; what no verse of the Quran has is not worth telling apart.
  static std::uint32_t number(std::int64_t stored) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(stored, 0, 1'000'000));
  }

  std::map<SegmentPlace, std::string> tags_;
  store::Lemmas lemmas_;
};

// The column of the first of these names.
std::optional<std::size_t> place_of(const std::vector<std::string>& columns,
                                    std::initializer_list<std::string_view> names) {
  const auto it = std::ranges::find_first_of(columns, names);
  if (it == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(it - columns.begin());
}

void add_treebank(const store::CorpusReader& database, columns::Builder& builder) {
  const std::vector<std::string> columns = database.columns(store::Table::treebank);
  // Not imported, or a table without trees.
  if (!corpus::SyntaxReader::missing_column(columns).empty()) return;
  const corpus::SyntaxReader reader(columns);
  builder.set_columns(Source::treebank, columns);
  std::vector<corpus::SyntaxNode> sentence;
  database.each_row(store::Table::treebank, [&](const corpus::TableRow& row) {
    if (row.cells.size() != columns.size()) return;
    auto read = reader.read(row.cells);
    // What no node can be made of, as in a database that was imported before this was checked, is in no tree.
    if (std::holds_alternative<Error>(read)) return;
    auto& node = std::get<corpus::SyntaxNode>(read);
    if (node.place) builder.add_cells(Source::treebank, *node.place, row.cells);
    if (!sentence.empty() && sentence.front().sentence != node.sentence) {
      builder.add_sentence(sentence);
      sentence.clear();
    }
    sentence.push_back(std::move(node));
  });
  if (!sentence.empty()) builder.add_sentence(sentence);
}

void add_masaq(const store::CorpusReader& database, columns::Builder& builder) {
  const std::vector<std::string> columns = database.columns(store::Table::masaq);
  // The names differ between releases.
  const std::optional<std::size_t> places[] = {
      place_of(columns, {"Sura_No"}), place_of(columns, {"Verse_No"}), place_of(columns, {"Word_No"}),
      place_of(columns, {"Segment_No", "Column5"})};
  if (!std::ranges::all_of(places, [](const auto& place) { return place.has_value(); })) return;
  builder.set_columns(Source::masaq, columns);
  database.each_row(store::Table::masaq, [&](const corpus::TableRow& row) {
    std::int64_t place[4] = {};
    for (std::size_t i = 0; i < std::size(place); ++i) {
      if (*places[i] >= row.cells.size()) return;
      place[i] = numbers::parse<std::int64_t>(row.cells[*places[i]]).value_or(0);  // no segment has 0
    }
    builder.add_cells(Source::masaq, {place[0], place[1], place[2], place[3]}, row.cells);
  });
}

}  // namespace

columns::LeftOut build_core(const store::CorpusReader& database, const std::filesystem::path& file,
                            const Progress& progress) {
  const store::CorpusReader::OneState one_state(database);
  columns::Builder builder(database.identity());
  const Verses verses(database);
  const auto whole = static_cast<std::size_t>(database.verse_count());
  std::size_t done = 0;
  database.each_verse([&](const corpus::Verse& verse) {
    builder.add(verses.typed(verse));
    if (++done % 100 == 0) progress("columns: verses", done, whole);
  });
  add_treebank(database, builder);
  add_masaq(database, builder);
  return builder.write(file);
}

}  // namespace kalima::index
