// Small corpora for the tests of the core file: random ones, as typed values, and the file made of one.
#pragma once

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "corpus/columns/builder.h"
#include "corpus/columns/core_file.h"
#include "corpus/treebank.h"
#include "testing.h"

namespace kalima::testing {

// The corpus with its tables, as the builder takes it.
struct TypedCorpus {
  std::vector<columns::Verse> verses;
  std::vector<std::vector<corpus::SyntaxNode>> sentences;
  std::vector<std::string> treebank_columns = {"trans", "phonetic"}, masaq_columns = {"Morph_Tag", "Notes"};
  struct Row {
    corpus::SegmentPlace place;
    std::vector<std::string> cells;
  };
  std::vector<Row> treebank, masaq;
};

inline columns::LeftOut write_core(const TypedCorpus& corpus, const std::filesystem::path& file) {
  columns::Builder builder("corpus-1");
  for (const columns::Verse& verse : corpus.verses) builder.add(verse);
  builder.set_columns(attributes::Source::treebank, corpus.treebank_columns);
  for (const auto& row : corpus.treebank)
    builder.add_cells(attributes::Source::treebank, row.place, row.cells);
  for (const auto& sentence : corpus.sentences) builder.add_sentence(sentence);
  builder.set_columns(attributes::Source::masaq, corpus.masaq_columns);
  for (const auto& row : corpus.masaq) builder.add_cells(attributes::Source::masaq, row.place, row.cells);
  return builder.write(file);
}

inline columns::Segment random_segment(Random& random) {
  static const std::vector<std::string> features = {"PREFIX|Al+",
                                                    "PREFIX|w:CONJ+",
                                                    "STEM|POS:N|LEM:x|ROOT:y|MS|GEN",
                                                    "STEM|POS:N|ACT|PCPL|(IV)|MP|INDEF|NOM",
                                                    "STEM|POS:V|PERF|3MS",
                                                    "STEM|POS:V|IMPF|PASS|(VIII)|2MP|MOOD:JUS",
                                                    "SUFFIX|PRON:3MP",
                                                    "STEM|POS:P|odd|odd2",
                                                    ""},
                                        forms = {"بِ", "ٱل", "كِتَـٰب", "قَالَ", "هُمْ", "Abc", "abc", "abcd"},
                                        tags = {"N", "V", "P", "X-1"}, letters = {"كتب", "قول", "ktb"};
  columns::Segment segment;
  segment.features = random.pick(features);
  if (!random.one_in(6)) segment.form = random.pick(forms);
  if (!random.one_in(4)) segment.tag = random.pick(tags);
  if (random.one_in(3)) segment.type = attributes::SegmentType::suffix;
  if (random.one_in(2)) segment.root = random.pick(letters);
  if (random.one_in(2)) segment.lemma = random.pick(forms);
  return segment;
}

// `sentence` of random nodes over the segments given, with every oddity that a treebank may have.
inline std::vector<corpus::SyntaxNode> random_sentence(Random& random, std::size_t number,
                                                       const std::vector<corpus::SegmentPlace>& places) {
  static const std::vector<std::string> relations = {"Subj", "Obj", "gen", "root", "NonRel", "_", ""};
  static const std::vector<std::string> kinds = {"PP", "VS", "-", "odd"};
  std::vector<corpus::SyntaxNode> nodes;
  for (const corpus::SegmentPlace& place : places) {
    for (bool hidden : {random.one_in(5), false}) {
      if (hidden == false && random.one_in(30)) continue;  // a segment that the treebank leaves out
      corpus::SyntaxNode& node = nodes.emplace_back();
      node.sentence = std::to_string(number);
      node.token = static_cast<std::int64_t>(nodes.size()) - 1;
      if (!hidden) node.place = place;
      node.surah = place.surah;
      node.ayah = place.ayah;
      node.form = hidden ? "(*)" : "";
      node.pos = hidden ? "PRON" : "";
      node.relation = random.pick(relations);
    }
  }
  for (corpus::SyntaxNode& node : nodes) {
    // Any head, one that is missing too.
    node.head = static_cast<std::int64_t>(random.below(nodes.size() + (random.one_in(9) ? 2 : 0)));
    if (node.relation == "root" || random.one_in(12)) node.head = node.token;
    if (random.one_in(4)) {
      const std::size_t first = random.below(static_cast<std::size_t>(node.token) + 1);
      node.phrase =
          corpus::Phrase{static_cast<std::int64_t>(first),
                         static_cast<std::int64_t>(random.between(first, nodes.size())), random.pick(kinds)};
    }
  }
  return nodes;
}

inline TypedCorpus random_typed_corpus(Random& random, std::size_t verses) {
  TypedCorpus corpus;
  const std::vector<std::string> words = {"كِتَـٰبٌ", "ٱلْكِتَـٰبُ", "قَالَ", "قالَ", "Word", ""};
  const std::vector<std::string> cells = {"", "_", "\"a b\"", "مجرور", "N"};
  std::vector<corpus::SegmentPlace> places;
  std::uint32_t surah = static_cast<std::uint32_t>(random.between(1, 3)), ayah = 0;
  for (std::size_t v = 0; v < verses; ++v) {
    if (random.one_in(5)) {
      surah += static_cast<std::uint32_t>(random.between(1, 30));
      ayah = 0;
    }
    columns::Verse& verse = corpus.verses.emplace_back();
    verse.surah = surah;
    verse.ayah = ayah += static_cast<std::uint32_t>(random.one_in(7) ? 40 : 1);
    for (std::size_t w = random.between(0, 6); w > 0; --w) {
      columns::Word& word = verse.words.emplace_back();
      if (!random.one_in(8)) word.form = random.pick(words);
      for (std::size_t s = random.between(0, 4); s > 0; --s) {
        word.segments.push_back(random_segment(random));
        places.push_back({surah, ayah, static_cast<std::int64_t>(verse.words.size()),
                          static_cast<std::int64_t>(word.segments.size())});
        for (auto* rows : {&corpus.treebank, &corpus.masaq}) {
          if (!random.one_in(3)) rows->push_back({places.back(), {random.pick(cells), random.pick(cells)}});
        }
      }
    }
  }
  for (std::size_t from = 0, number = 1; from < places.size(); ++number) {
    const std::size_t to = std::min(places.size(), from + random.between(1, 12));
    auto nodes = random_sentence(random, number,
                                 {places.begin() + static_cast<std::ptrdiff_t>(from),
                                  places.begin() + static_cast<std::ptrdiff_t>(to)});
    if (!nodes.empty()) corpus.sentences.push_back(std::move(nodes));
    from = to;
  }
  return corpus;
}

}  // namespace kalima::testing
