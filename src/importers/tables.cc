#include "importers/tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "conllu/treebank_columns.h"
#include "importers/treebank_check.h"
#include "support/delimited.h"
#include "support/numbers.h"

namespace kalima::importers {
namespace {

struct Format {
  store::Table table;
  std::string_view step;
  std::string_view separators;  // that files have, the usual one first
  // Required columns: the two that name the verse, then those that the searches need.
  std::string_view surah_column, ayah_column;
  std::vector<std::vector<std::string_view>> required;  // one of these alternatives each
  std::span<const std::string_view> others;             // names of further columns
};

std::size_t column_place(const std::vector<std::string>& columns, std::string_view name) {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
}

std::vector<std::string_view> separator_names(std::string_view separators) {
  std::vector<std::string_view> names;
  for (const char separator : separators)
    names.push_back(separator == '\t' ? "tab" : separator == ',' ? "comma" : "semicolon");
  return names;
}

void require_columns(const Source& file, const Format& format, const std::vector<std::string>& columns) {
  for (const auto& alternatives : format.required) {
    const bool there = std::any_of(alternatives.begin(), alternatives.end(), [&](std::string_view name) {
      return column_place(columns, name) < columns.size();
    });
    if (!there) {
      file.fail(
          1, fmt::format("no column \"{}\" among the {} of the header line; is this the right file? Expected "
                         "names with a {} between them",
                         fmt::join(alternatives, "\" or \""), columns.size(),
                         fmt::join(separator_names(format.separators), " or ")));
    }
  }
  if (const std::set<std::string> distinct(columns.begin(), columns.end());
      distinct.size() != columns.size()) {
    file.fail(1, "a column name occurs twice in the header line");
  }
  for (const std::string& name : columns) {
    if (name.empty() || name.find('\n') != std::string::npos) {
      file.fail(1, "a column name of the header line is empty or spans two lines");
    }
  }
}

// The separator that divides the header line, with which `text` begins, into most columns.
char separator_of(const Source& file, std::string_view text, const Format& format) {
  char best = format.separators.front();
  std::size_t most = 0;
  for (const char separator : format.separators) {
    std::vector<std::string> columns;
    delimited::Reader reader(text, separator, delimited::Quotes::honoured);
    if (!file.located(0, [&] { return reader.next(columns); }) || columns.size() <= most) continue;
    most = columns.size();
    best = separator;
  }
  return best;
}

bool is_same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Programs that save tables change the case of column names, which searches need as they are published.
void restore_case(const Format& format, std::vector<std::string>& columns) {
  const bool kept = std::ranges::all_of(format.required, [&](const auto& alternatives) {
    return std::ranges::any_of(
        alternatives, [&](std::string_view name) { return column_place(columns, name) < columns.size(); });
  });
  if (kept) return;
  for (std::string& column : columns) {
    for (const auto& alternatives : format.required) {
      const bool right = std::ranges::find(alternatives, column) != alternatives.end();
      const auto same = std::ranges::find_if(
          alternatives, [&](std::string_view name) { return is_same_name(name, column); });
      if (!right && same != alternatives.end()) column = *same;
    }
    const auto same = std::ranges::find_if(format.others,
                                           [&](std::string_view name) { return is_same_name(name, column); });
    if (same != format.others.end()) column = *same;
  }
}

// Called for every row that was read, with its line and verse.
using Check =
    std::function<void(const std::vector<std::string>& columns, std::size_t line, const corpus::TableRow&)>;

// Returns the numbers of rows and of verses with rows.
std::pair<std::size_t, std::size_t> import_table(SourceStream& file, const Format& format,
                                                 store::CorpusWriter& writer, const VerseIndex& verses,
                                                 const Progress& progress, const Check& check = {}) {
  file.on_block([&progress, step = format.step](const SourceStream& read) {
    progress(step, read.done(), read.size());
  });
  std::optional<std::string_view> begin = file.next();
  const char separator = separator_of(file, begin.value_or(""), format);
  delimited::Reader reader([&] { return begin ? std::exchange(begin, std::nullopt) : file.next(); },
                           separator, delimited::Quotes::honoured);
  std::vector<std::string> columns;
  std::vector<bool> with_rows(verses.size());  // by the verse's number
  std::size_t rows = 0;
  const auto next = [&](std::vector<std::string>& cells) {
    return file.located(0, [&] { return reader.next(cells); });
  };
  if (!next(columns)) file.fail(1, "the file is empty; expected a header line");
  restore_case(format, columns);
  require_columns(file, format, columns);
  writer.set_columns(format.table, columns);
  const std::size_t surah_place = column_place(columns, format.surah_column);
  const std::size_t ayah_place = column_place(columns, format.ayah_column);
  corpus::TableRow row;
  while (next(row.cells)) {
    // Spreadsheet programs save rows that only have a format.
    if (std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); })) continue;
    if (row.cells.size() != columns.size()) {
      file.fail(reader.line(),
                fmt::format("{} cells, expected {}; is the line cut off?", row.cells.size(), columns.size()));
    }
    const auto surah = numbers::parse<std::int64_t>(row.cells[surah_place]);
    const auto ayah = numbers::parse<std::int64_t>(row.cells[ayah_place]);
    if (!surah || !ayah) {
      file.fail(reader.line(),
                fmt::format("\"{}\" and \"{}\" do not name a verse; expected numbers in {} and {}",
                            row.cells[surah_place], row.cells[ayah_place], format.surah_column,
                            format.ayah_column));
    }
    row.verse = verses.find(*surah, *ayah);
    if (!row.verse) file.fail(reader.line(), fmt::format("the corpus has no verse {}:{}", *surah, *ayah));
    if (check) check(columns, reader.line(), row);
    with_rows[static_cast<std::size_t>(*row.verse)] = true;
    writer.add_row(format.table, row);
    ++rows;
  }
  return {rows, std::ranges::count(with_rows, true)};
}

}  // namespace

void import_treebank(SourceStream& file, store::CorpusWriter& writer, const VerseIndex& verses,
                     Counts& counts, const Progress& progress) {
  const Format format{store::Table::treebank,
                      "treebank",
                      "\t,;",
                      "chapter_id",
                      "verse_id",
                      {{"chapter_id"}, {"verse_id"}, {"token_id"}, {"rel_label"}, {"ref_token_id"}},
                      conllu::treebank_column_names()};
  std::optional<TreebankCheck> check;
  // Rows without them can still be shown and searched; only their trees are unknown.
  std::string_view missing;
  std::tie(counts.treebank_rows, counts.treebank_verses) = import_table(
      file, format, writer, verses, progress,
      [&](const std::vector<std::string>& columns, std::size_t line, const corpus::TableRow& row) {
        if (!check && missing.empty()) {
          missing = corpus::SyntaxReader::missing_column(columns);
          if (missing.empty()) check.emplace(file, verses, columns);
        }
        if (check) check->add(line, *row.verse, row.cells);
      });
  if (!missing.empty()) {
    counts.warnings.push_back(
        fmt::format("the treebank has no column \"{}\": its trees are not checked, and it "
                    "cannot be exported as CoNLL-U",
                    missing));
  }
  if (!check) return;
  check->finish();
  for (std::string& warning : check->warnings()) counts.warnings.push_back(std::move(warning));
}

void import_masaq(SourceStream& file, store::CorpusWriter& writer, const VerseIndex& verses, Counts& counts,
                  const Progress& progress) {
  // The other columns of all releases.
  static constexpr std::string_view others[] = {"ID",
                                                "Column5",
                                                "Segment_No",
                                                "Word",
                                                "Without_Diacritics",
                                                "Segmented_Word",
                                                "Morph_type",
                                                "Punctuation_Mark",
                                                "Invariable_Declinable",
                                                "Syntactic_Role",
                                                "Possessive_Construct",
                                                "Case_Mood",
                                                "Case_Mood_Marker",
                                                "Phrase",
                                                "Phrasal_Function",
                                                "Notes"};
  const Format format{store::Table::masaq,
                      "MASAQ",
                      ",;\t",
                      "Sura_No",
                      "Verse_No",
                      {{"Sura_No"}, {"Verse_No"}, {"Word_No"}, {"Morph_tag", "Morph_Tag"}},
                      others};
  std::tie(counts.masaq_rows, counts.masaq_verses) = import_table(file, format, writer, verses, progress);
}

}  // namespace kalima::importers
