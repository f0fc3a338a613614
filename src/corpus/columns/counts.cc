#include "corpus/columns/counts.h"

#include <algorithm>

namespace kalima::columns {
namespace {

using attributes::Column;
using attributes::Definition;
using attributes::Level;

std::size_t value_count(const Values& column) {
  return (column.empty() ? 0 : std::size_t{std::ranges::max(column)}) + 1;
}

// Counts of each value, and of any but 0, whose place is after the last. A verse is counted once, when verses come
// in their order.
class Tally {
 public:
  explicit Tally(std::size_t values) : any_(values), counts_(values + 1), last_verse_(values + 1, 0) {}

  // Calls `count` with the counts' places to which the value adds.
  template <typename Count>
  void add(std::uint32_t value, Count count) {
    count(std::size_t{value});
    if (value != 0) count(any_);
  }
  Counts& at(std::size_t place) { return counts_[place]; }
  void verse(std::size_t place, std::uint32_t verse) {
    if (last_verse_[place] == verse + 1) return;
    last_verse_[place] = verse + 1;
    ++counts_[place].verses;
  }
  std::size_t places() const { return counts_.size(); }
  // Moves the counts to where they belong.
  void finish(Occurrences& out) {
    out.any = counts_.back();
    counts_.pop_back();
    out.counts = std::move(counts_);
  }

 private:
  std::size_t any_;
  std::vector<Counts> counts_;
  Values last_verse_;  // + 1
};

// `values_of(word)` gives the value of each segment, or one for the word.
template <typename ValuesOf>
Occurrences in_words(const Model& model, const Definition& row, std::size_t values, ValuesOf values_of) {
  Occurrences out;
  Tally tally(values);
  out.words.resize(values);
  Values here;
  Values last_word(tally.places(), 0);  // + 1
  for (std::uint32_t word = 0; word < model.words(); ++word) {
    here.clear();
    values_of(word, here);
    const std::uint32_t segments =
        row.level == Level::segment ? 1 : model.word_end[word] - begin_of(model.word_end, word);
    for (const std::uint32_t value : here) {
      if (value != 0 && last_word[value] != word + 1) out.words[value].push_back(word);
      tally.add(value, [&](std::size_t place) {
        ++tally.at(place).items;
        tally.at(place).segments += segments;
        if (last_word[place] == word + 1) return;
        last_word[place] = word + 1;
        ++tally.at(place).words;
        tally.verse(place, model.word_verse[word]);
      });
    }
  }
  tally.finish(out);
  if (!out.words.empty()) out.words.erase(out.words.begin());
  return out;
}

Occurrences in_text(const Model& model, const Definition& row) {
  const Values& column = model.column(row.attribute);
  return in_words(model, row, value_count(column), [&](std::uint32_t word, Values& out) {
    if (row.level == Level::word) {
      out.push_back(row.column == Column::word_analysis ? column[model.word_analysis[word]] : column[word]);
      return;
    }
    for (std::uint32_t s = begin_of(model.word_end, word); s < model.word_end[word]; ++s) {
      out.push_back(row.column == Column::analysis ? column[model.segment_analysis[s]] : column[s]);
    }
  });
}

void make_distinct(Values& all) {
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

// Regions of one value may overlap (phrases in phrases), and sentences may come in any order.
Occurrences in_regions(const Model& model, const Definition& row) {
  const Values& column = model.column(row.attribute);
  const Model::Regions& regions = model.regions[static_cast<std::size_t>(row.region)];
  Occurrences out;
  Tally tally(value_count(column));
  std::vector<Values> words(tally.places());
  for (std::size_t region = 0; region < column.size(); ++region) {
    tally.add(column[region], [&](std::size_t place) {
      ++tally.at(place).items;
      for (std::uint32_t word = regions.begin[region]; word < regions.end[region]; ++word)
        words[place].push_back(word);
    });
  }
  for (std::size_t place = 0; place < tally.places(); ++place) {
    make_distinct(words[place]);
    tally.at(place).words = static_cast<std::uint32_t>(words[place].size());
    for (const std::uint32_t word : words[place]) {
      tally.at(place).segments += model.word_end[word] - begin_of(model.word_end, word);
      tally.verse(place, model.word_verse[word]);
    }
  }
  tally.finish(out);
  return out;
}

// The nodes of a sentence need not come in the order of the words, and two may name one segment.
Occurrences in_nodes(const Model& model, const Definition& row) {
  const Values& column = model.column(row.attribute);
  Occurrences out;
  Tally tally(value_count(column));
  std::vector<Values> segments(tally.places()), words(tally.places()), verses(tally.places());
  for (std::size_t node = 0; node < column.size(); ++node) {
    tally.add(column[node], [&](std::size_t place) {
      ++tally.at(place).items;
      if (model.node_verse[node] != 0) verses[place].push_back(model.node_verse[node]);
      if (model.node_segment[node] == 0) return;
      segments[place].push_back(model.node_segment[node] - 1);
      words[place].push_back(model.segment_word[model.node_segment[node] - 1]);
    });
  }
  const auto distinct = [](Values& all) {
    make_distinct(all);
    return static_cast<std::uint32_t>(all.size());
  };
  for (std::size_t place = 0; place < tally.places(); ++place) {
    tally.at(place).segments = distinct(segments[place]);
    tally.at(place).words = distinct(words[place]);
    tally.at(place).verses = distinct(verses[place]);
  }
  tally.finish(out);
  return out;
}

}  // namespace

Occurrences occurrences(const Model& model, attributes::Attribute attribute) {
  const Definition& row = attributes::definition(attribute);
  if (row.level == Level::region) return in_regions(model, row);
  if (row.level == Level::node) return in_nodes(model, row);
  return in_text(model, row);
}

std::vector<Values> holders(const Values& column) {
  std::vector<Values> out(value_count(column) - 1);
  for (std::uint32_t holder = 0; holder < column.size(); ++holder) {
    if (column[holder] != 0) out[column[holder] - 1].push_back(holder);
  }
  return out;
}

}  // namespace kalima::columns
