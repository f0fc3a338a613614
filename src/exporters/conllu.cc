#include "exporters/conllu.h"

#include <algorithm>
#include <optional>

#include "api/legacy/verses/layout_tables.h"
#include "conllu/attributes.h"
#include "conllu/escape.h"
#include "conllu/format.h"
#include "conllu/labels.h"
#include "conllu/treebank_columns.h"
#include "exporters/conllu_comments.h"
#include "exporters/conllu_heads.h"
#include "exporters/conllu_units.h"
#include "exporters/conllu_words.h"
#include "store/cells.h"
#include "store/long_text.h"
#include "store/registry.h"
#include "support/stop.h"

namespace kalima::exporters {
namespace {

using conllu::Line;

using Out = std::function<void(std::string_view)>;

// Gives the file that the corpus was made from, as it came. False if it was made from others.
bool write_source(const store::CorpusReader& database, const Out& out, ConlluCounts& counts,
                  const Progress& progress) {
  store::LongTextReader source(database, store::conllu_source_key);
  conllu::Reader reader([&] {
    const auto part = source.next();
    if (part) out(*part);
    return part;
  });
  conllu::Sentence sentence;
  while (reader.next(sentence)) {
    if (++counts.sentences % 100 == 0) progress("sentences", counts.sentences, 0);
    std::uint32_t in_range = 0;  // the last word of the previous range
    for (const Line& line : sentence.lines) {
      if (line.kind == Line::Kind::empty_node) ++counts.hidden;
      if (line.kind == Line::Kind::word) ++counts.segments;
      if (line.kind == Line::Kind::range) in_range = line.last;
      if (line.kind == Line::Kind::range || (line.kind == Line::Kind::word && line.id.word > in_range))
        ++counts.words;
    }
  }
  counts.as_imported = counts.sentences > 0;
  return counts.as_imported;
}

// What the database has beside the corpus and its treebank.
void count_others(const store::CorpusReader& database, ConlluCounts& counts) {
  for (const corpus::ResearchKind kind : corpus::all_research_kinds) {
    (kind == corpus::ResearchKind::translation ? counts.translations : counts.research) +=
        static_cast<std::size_t>(database.research_count(kind));
  }
  database.each_row(store::Table::masaq, [&](const corpus::TableRow&) { ++counts.masaq_rows; });
  const auto add_section = [&](std::string_view section) {
    counts.registry += static_cast<std::size_t>(database.registry_count(section));
  };
  std::ranges::for_each(store::file_sections, add_section);
  std::ranges::for_each(store::own_sections, add_section);
}

class Exporter {
 public:
  Exporter(const store::CorpusReader& database, ConlluCounts& counts, const Progress& progress)
      : counts_(counts),
        progress_(progress),
        lemmas_(database),
        columns_(database.columns(store::Table::treebank)) {
    const auto whole = static_cast<std::size_t>(database.verse_count());
    api::legacy::each_verse(database,
                            [&](const corpus::Verse& verse, const api::legacy::VerseLayout& layout) {
                              if (verses_.size() % 100 == 0) progress_("verses", verses_.size(), whole);
                              verses_.push_back(verse);
                              verses_.back().research.clear();
                              if (!layout.empty())
                                frames_.emplace(verses_.size() - 1, api::legacy::frames_of(verse, layout));
                            });
    read_rows(database);
  }

  void write(const Out& out) {
    units_ = units_of(verses_);
    const std::vector<SentencePlan> plans = plan_sentences(verses_, units_, rows_);
    ConlluComments comments(verses_, frames_, units_, rows_, columns_.names());
    std::string text;
    for (const SentencePlan& plan : plans) {
      conllu::Sentence sentence;
      add_lines(plan, sentence);
      comments.add(plan, sentence);
      if (plan.from_treebank()) {
        add_treebank(plan, sentence);
      } else {
        set_flat_heads(sentence);
        ++counts_.without_treebank;
      }
      counts_.rows_without_place += plan.rows_before.size() + plan.rows_behind.size();
      text.clear();
      conllu::write(sentence, text);
      out(text);
      ++counts_.sentences;
      if (counts_.sentences % 100 == 0) progress_("sentences", counts_.sentences, plans.size());
    }
  }

 private:
  void read_rows(const store::CorpusReader& database) {
    if (columns_.names().empty()) return;
    std::optional<corpus::SyntaxReader> reader;
    // A table that is not a treebank is kept row by row.
    if (corpus::SyntaxReader::missing_column(columns_.names()).empty()) reader.emplace(columns_.names());
    database.each_row(store::Table::treebank, [&](const corpus::TableRow& row) {
      if (rows_.size() % 1000 == 0) stop::check();
      TreebankRow& kept = rows_.emplace_back();
      kept.cells = store::cells_to_text(row.cells);
      if (!reader) return;
      // A row that is not a node is kept as a comment.
      auto read = reader->read(row.cells);
      if (auto* node = std::get_if<corpus::SyntaxNode>(&read)) kept.node = std::move(*node);
    });
  }

  void add_lines(const SentencePlan& plan, conllu::Sentence& sentence) {
    conllu::NodeId id;
    for (const SentencePlan::Node& node : plan.nodes) {
      if (!node.unit) {
        ++id.empty;
        add_hidden(*node.row, id, sentence);
        continue;
      }
      id = {id.word + 1, 0};
      add_spoken(units_[*node.unit], node, id, sentence);
    }
  }

  void add_hidden(std::size_t row, conllu::NodeId id, conllu::Sentence& sentence) {
    Line& line = sentence.lines.emplace_back();
    line.kind = Line::Kind::empty_node;
    line.id = id;
    line.form = conllu::as_form(rows_[row].node.form);
    line.xpos = conllu::as_column(rows_[row].node.pos);
    line.upos = conllu::upos_of(rows_[row].node.pos);
    ++counts_.hidden;
  }

  void add_spoken(const Unit& unit, const SentencePlan::Node& node, conllu::NodeId id,
                  conllu::Sentence& sentence) {
    const corpus::Verse& verse = verses_[unit.verse];
    Line line;
    line.id = id;
    line.upos = "X";
    if (unit.has_word && unit.begins_word) {
      ++counts_.words;
      Line& word = unit.ends_word ? line : sentence.lines.emplace_back();
      add_word(verse, unit, form_of(unit), word);
      add_word_frame(frames_, unit, word);
      if (!unit.ends_word) {
        word.kind = Line::Kind::range;
        word.id = id;
        word.last = id.word + static_cast<std::uint32_t>(verse.words[unit.word].segments.size()) - 1;
      }
    }
    if (!unit.has_word) {
      line.misc.emplace_back(conllu::attribute::place, corpus::to_numbers({verse.surah, verse.ayah, 0, 0}));
    } else if (unit.has_segment) {
      ++counts_.segments;
      add_segment(verse, unit, node.row ? rows_[*node.row].node.form : std::string(), lemmas_, line);
      add_segment_frame(frames_, unit, line);
    }
    sentence.lines.push_back(std::move(line));
  }

  // The forms of a verse are needed once for each of its words, which are consecutive.
  const std::string& form_of(const Unit& unit) {
    if (!forms_verse_ || *forms_verse_ != unit.verse) {
      forms_ = surface_forms(verses_[unit.verse]);
      forms_verse_ = unit.verse;
    }
    return forms_[unit.word];
  }

  void add_treebank(const SentencePlan& plan, conllu::Sentence& sentence) {
    if (set_heads(plan, units_, verses_, rows_, sentence)) ++counts_.trees;
    conllu::SentenceRows rows{conllu::facts_of(sentence, conllu::Origin::here), {}, last_row_};
    for (const SentencePlan::Node& node : plan.nodes) {
      rows.cells.push_back(store::cells_from_text(rows_[*node.row].cells));
    }
    columns_.add_attributes(rows, sentence);
    last_row_ = std::move(rows.cells.back());
    counts_.rows += plan.nodes.size();
  }

  ConlluCounts& counts_;
  const Progress& progress_;
  store::Lemmas lemmas_;
  conllu::TreebankColumns columns_;
  std::vector<corpus::Verse> verses_;
  Frames frames_;
  std::vector<Unit> units_;
  std::vector<TreebankRow> rows_;
  std::vector<std::string> forms_;
  std::optional<std::size_t> forms_verse_;
  std::vector<std::string> last_row_;
};

}  // namespace

void write_conllu(const store::CorpusReader& database, const Out& out, ConlluCounts& counts,
                  const Progress& progress) {
  const store::CorpusReader::OneState one_state(database);
  count_others(database, counts);
  if (!write_source(database, out, counts, progress)) Exporter(database, counts, progress).write(out);
}

}  // namespace kalima::exporters
