#include "importers/conllu.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>
#include <vector>

#include "api/legacy/verses/layout_tables.h"
#include "conllu/attributes.h"
#include "conllu/format.h"
#include "conllu/treebank_columns.h"
#include "importers/conllu_losses.h"
#include "importers/conllu_verses.h"
#include "store/cells.h"
#include "store/long_text.h"
#include "support/numbers.h"

namespace kalima::importers {
namespace {

namespace comment = conllu::comment;

class Importer {
 public:
  Importer(SourceStream& file, store::CorpusWriter& writer, const Progress& progress)
      : file_(file),
        writer_(writer),
        progress_(progress),
        source_(writer, store::conllu_source_key),
        layouts_(writer),
        verses_(index_, [this](const api::legacy::WrittenVerse& made) { add(made); }) {}

  Counts import() {
    file_.on_block([&](const SourceStream& read) { progress_("sentences", read.done(), read.size()); });
    conllu::Reader reader([this] {
      const auto lines = file_.next();
      if (lines) source_.add(*lines);
      return lines;
    });
    conllu::Sentence sentence;
    bool any = false;
    while (reader.next(sentence)) {
      losses_.add(sentence);
      const bool analysed = is_analysed(sentence);
      const conllu::Places places = verses_.add(sentence, analysed);
      add_rows(sentence, places, analysed);
      write_rows();
      any = true;
    }
    verses_.finish();
    write_rows();
    if (!waiting_.empty()) fail_waiting();
    if (!any) file_.fail(0, "no sentence found");
    if (const std::string lemmas = verses_.lemmas_in_other_letters(); !lemmas.empty())
      writer_.set_meta(store::lemmas_in_other_letters_key, lemmas);
    verses_.unknown_features().warn(file_, counts_);
    losses_.warn(counts_);
    source_.finish();
    counts_.surahs = surahs_.size();
    counts_.treebank_verses = static_cast<std::size_t>(std::ranges::count(has_rows_, true));
    return std::move(counts_);
  }

 private:
  // A row that waits until its verse is in the database. It may come before its verse.
  struct Waiting {
    std::int64_t surah, ayah;
    std::string cells;
    std::size_t at;
  };

  // More than the treebank of the whole Quran has.
  static constexpr std::size_t max_waiting = 1'000'000;

  [[noreturn]] void fail_waiting() const {
    const Waiting& row = waiting_.front();
    conllu::fail(row.at, fmt::format("a treebank row is of verse {}:{}, which the file does not have",
                                     row.surah, row.ayah));
  }

  void add(const api::legacy::WrittenVerse& made) {
    const corpus::Verse& verse = made.verse;
    layouts_.add(writer_.add(verse), made.layout);
    surahs_.insert(verse.surah);
    ++counts_.verses;
    counts_.words += verse.words.size();
    for (const corpus::Word& word : verse.words) counts_.segments += word.segments.size();
  }

  void add_rows(const conllu::Sentence& sentence, const conllu::Places& places, bool analysed) {
    for (const conllu::Comment& comment : sentence.comments) {
      if (comment.name == comment::columns) set_columns(comment);
    }
    add_comment_rows(sentence, comment::row);
    if (analysed) add_node_rows(sentence, places);
    add_comment_rows(sentence, comment::row_behind);
  }

  // Whether its heads are an analysis.
  static bool is_analysed(const conllu::Sentence& sentence) {
    for (const conllu::Comment& comment : sentence.comments) {
      if (comment.name == comment::treebank && comment.value == "none") return false;
    }
    return std::ranges::any_of(sentence.lines,
                               [](const conllu::Line& line) { return line.head.has_value(); });
  }

  void set_columns(const conllu::Comment& comment) {
    if (columns_) conllu::fail(comment.at, "the treebank's columns occur twice in the file, or too late");
    std::vector<std::string> names;
    std::string_view rest = comment.value;
    for (bool more = true; more;) {
      const std::size_t end = rest.find(' ');
      more = end != std::string_view::npos;
      names.push_back(
          conllu::read_comment({{}, std::string(rest.substr(0, end)), comment.at}).value_or(std::string()));
      if (more) rest.remove_prefix(end + 1);
    }
    constexpr std::size_t max_columns = 1000;
    if (names.size() > max_columns) conllu::fail(comment.at, "a treebank of more than 1,000 columns");
    if (std::set<std::string>(names.begin(), names.end()).size() != names.size()) {
      conllu::fail(comment.at, "a column name of the treebank occurs twice");
    }
    begin_table(std::move(names));
  }

  void begin_table(std::vector<std::string> names) {
    columns_.emplace(std::move(names));
    writer_.set_columns(store::Table::treebank, columns_->names());
  }

  void add_comment_rows(const conllu::Sentence& sentence, std::string_view name) {
    for (const conllu::Comment& comment : sentence.comments) {
      if (comment.name != name) continue;
      auto cells = store::cells_from_text(conllu::read_comment(comment).value_or(""));
      if (!columns_ || cells.size() != columns_->names().size()) {
        conllu::fail(comment.at, fmt::format("a treebank row of {} cells, expected {}", cells.size(),
                                             columns_ ? columns_->names().size() : 0));
      }
      add_row(cells, comment.at);
    }
  }

  void add_node_rows(const conllu::Sentence& sentence, const conllu::Places& places) {
    if (!columns_) {
      // A file of another program with its own analysis.
      const auto names = conllu::treebank_column_names();
      begin_table({names.begin(), names.end()});
    }
    conllu::SentenceRows rows{
        conllu::facts_of(sentence, conllu::Origin::file, places), {}, std::move(last_row_)};
    columns_->fill_cells(sentence, rows);
    for (const auto& cells : rows.cells) add_row(cells, sentence.lines.front().at);
    last_row_ = std::move(rows.cells.back());
  }

  void add_row(const std::vector<std::string>& cells, std::size_t at) {
    const auto number = [&](std::string_view column) -> std::int64_t {
      const auto place = columns_->place(column);
      return place ? numbers::parse<std::int64_t>(cells[*place]).value_or(0) : 0;
    };
    waiting_.push_back({number("chapter_id"), number("verse_id"), store::cells_to_text(cells), at});
    if (waiting_.size() > max_waiting) fail_waiting();
  }

  // In order, up to the first row of an incomplete verse.
  void write_rows() {
    corpus::TableRow row;
    for (; !waiting_.empty(); waiting_.pop_front()) {
      row.verse = index_.find(waiting_.front().surah, waiting_.front().ayah);
      if (!row.verse || *row.verse >= verses_.complete()) return;
      store::cells_from_text(waiting_.front().cells, row.cells);
      writer_.add_row(store::Table::treebank, row);
      const auto verse = static_cast<std::size_t>(*row.verse);
      if (verse >= has_rows_.size()) has_rows_.resize(verse + 1);
      has_rows_[verse] = true;
      ++counts_.treebank_rows;
    }
  }

  SourceStream& file_;
  store::CorpusWriter& writer_;
  const Progress& progress_;
  store::LongTextWriter source_;
  Counts counts_;
  VerseIndex index_;
  api::legacy::LayoutWriter layouts_;
  ConlluVerses verses_;
  ConlluLosses losses_;
  std::optional<conllu::TreebankColumns> columns_;
  std::vector<std::string> last_row_;
  std::deque<Waiting> waiting_;
  std::set<std::int64_t> surahs_;
  std::vector<bool> has_rows_;  // by the verse's number
};

}  // namespace

Counts import_conllu(SourceStream& file, store::CorpusWriter& writer, const Progress& progress) {
  return file.named([&] { return Importer(file, writer, progress).import(); });
}

Counts import_conllu(const std::filesystem::path& path, const Limits& limits, store::CorpusWriter& writer,
                     const Progress& progress) {
  // An export has whatever texts of its corpus have.
  SourceStream file(path, limits.of(Part::conllu), InnerMarks::kept);
  return import_conllu(file, writer, progress);
}

}  // namespace kalima::importers
