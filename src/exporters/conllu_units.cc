#include "exporters/conllu_units.h"

#include <map>

namespace kalima::exporters {
namespace {

// A run of rows of one treebank sentence, or several runs that share a word.
struct Run {
  std::size_t begin = 0, end = 0;  // rows
  std::vector<std::string> names;
  std::optional<std::size_t> first_unit, last_unit;
  bool fits = true;  // its units are consecutive
};

class Planner {
 public:
  Planner(const std::vector<corpus::Verse>& verses, const std::vector<Unit>& units,
          const std::vector<TreebankRow>& rows)
      : units_(units), rows_(rows) {
    for (std::size_t i = 0; i < units.size(); ++i) {
      const Unit& unit = units[i];
      if (!unit.has_segment) continue;
      const corpus::Verse& verse = verses[unit.verse];
      unit_at_.emplace(corpus::SegmentPlace{verse.surah, verse.ayah, static_cast<std::int64_t>(unit.word) + 1,
                                            static_cast<std::int64_t>(unit.segment) + 1},
                       i);
    }
  }

  std::vector<SentencePlan> plan() {
    for (std::size_t row = 0; row < rows_.size();) {
      Run run = next_run(row);
      row = run.end;
      // A sentence that ends inside a word is joined with the next one.
      while (run.fits && run.last_unit && !units_[*run.last_unit].ends_word && row < rows_.size()) {
        run = joined(std::move(run), next_run(row));
        row = run.end;
      }
      const bool has_place = run.fits && run.first_unit && *run.first_unit >= free_ &&
                             units_[*run.first_unit].begins_word && units_[*run.last_unit].ends_word;
      if (has_place) {
        without_treebank(*run.first_unit);
        add(run);
      } else {
        for (std::size_t i = run.begin; i < run.end; ++i) waiting_.push_back(i);
      }
    }
    without_treebank(units_.size());
    if (!sentences_.empty()) sentences_.back().rows_behind = std::move(waiting_);
    return std::move(sentences_);
  }

 private:
  std::optional<std::size_t> unit_of(const TreebankRow& row) const {
    if (!row.node.place) return std::nullopt;
    const auto it = unit_at_.find(*row.node.place);
    return it == unit_at_.end() ? std::nullopt : std::optional(it->second);
  }

  Run next_run(std::size_t begin) const {
    Run run{begin, begin, {rows_[begin].node.sentence}, {}, {}, !rows_[begin].node.sentence.empty()};
    for (; run.end < rows_.size() && rows_[run.end].node.sentence == rows_[begin].node.sentence; ++run.end) {
      const TreebankRow& row = rows_[run.end];
      if (!row.node.place) continue;
      const auto unit = unit_of(row);
      if (!unit || (run.last_unit && *unit != *run.last_unit + 1)) {
        run.fits = false;
        continue;
      }
      if (!run.first_unit) run.first_unit = unit;
      run.last_unit = unit;
    }
    return run;
  }

  static Run joined(Run a, Run b) {
    a.end = b.end;
    a.names.insert(a.names.end(), b.names.begin(), b.names.end());
    a.fits = a.fits && b.fits && (!b.first_unit || *b.first_unit == *a.last_unit + 1);
    if (b.last_unit) a.last_unit = b.last_unit;
    return a;
  }

  SentencePlan& new_sentence() {
    SentencePlan& sentence = sentences_.emplace_back();
    sentence.rows_before = std::move(waiting_);
    waiting_.clear();
    return sentence;
  }

  // One sentence for the rest of each verse.
  void without_treebank(std::size_t until) {
    while (free_ < until) {
      SentencePlan& sentence = new_sentence();
      const std::size_t verse = units_[free_].verse;
      for (; free_ < until && units_[free_].verse == verse; ++free_)
        sentence.nodes.push_back({free_, std::nullopt});
    }
  }

  void add(const Run& run) {
    SentencePlan& sentence = new_sentence();
    sentence.names = run.names;
    for (std::size_t i = run.begin; i < run.end; ++i) sentence.nodes.push_back({unit_of(rows_[i]), i});
    free_ = *run.last_unit + 1;
  }

  const std::vector<Unit>& units_;
  const std::vector<TreebankRow>& rows_;
  std::map<corpus::SegmentPlace, std::size_t> unit_at_;
  std::vector<SentencePlan> sentences_;
  std::vector<std::size_t> waiting_;  // rows without a place since the last sentence
  std::size_t free_ = 0;              // the first unit that is not yet in a sentence
};

}  // namespace

std::vector<Unit> units_of(const std::vector<corpus::Verse>& verses) {
  std::vector<Unit> units;
  for (std::size_t v = 0; v < verses.size(); ++v) {
    if (verses[v].words.empty()) units.push_back({.verse = v, .has_word = false, .has_segment = false});
    for (std::size_t w = 0; w < verses[v].words.size(); ++w) {
      const std::size_t count = verses[v].words[w].segments.size();
      if (count == 0) units.push_back({.verse = v, .word = w, .has_segment = false});
      for (std::size_t s = 0; s < count; ++s) {
        units.push_back(
            {.verse = v, .word = w, .segment = s, .begins_word = s == 0, .ends_word = s + 1 == count});
      }
    }
  }
  return units;
}

std::vector<SentencePlan> plan_sentences(const std::vector<corpus::Verse>& verses,
                                         const std::vector<Unit>& units,
                                         const std::vector<TreebankRow>& rows) {
  return Planner(verses, units, rows).plan();
}

}  // namespace kalima::exporters
