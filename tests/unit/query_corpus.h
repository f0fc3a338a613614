// Small corpora for the tests of queries, as CoNLL-U: one segment a word, the tag in XPOS, `Ref=S:A:W:1` at the end.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "columns_corpus.h"
#include "corpus/treebank.h"
#include "support/lines.h"
#include "support/numbers.h"

namespace kalima::testing {

inline std::vector<std::string> split(std::string_view text, char sign) {
  std::vector<std::string> out;
  for (;;) {
    const std::size_t at = text.find(sign);
    out.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

inline TypedCorpus corpus_of(std::string_view conllu) {
  const auto given = [](const std::string& text) {
    return text == "_" ? std::nullopt : std::optional<std::string>(text);
  };
  TypedCorpus corpus;
  corpus.treebank_columns.clear();
  std::vector<corpus::SyntaxNode> sentence;
  const auto finish = [&] {
    if (!sentence.empty()) corpus.sentences.push_back(std::move(sentence));
    sentence.clear();
  };
  for (Lines lines(conllu, LineEnds::lf); lines.next();) {
    const std::vector<std::string> cells = split(lines.line(), '\t');
    if (cells.size() != 10) {
      if (lines.line().empty()) finish();
      continue;
    }
    const auto place = corpus::place_from_numbers(std::string_view(cells[9]).substr(4)).value();
    const auto surah = static_cast<std::uint32_t>(place.surah), ayah = static_cast<std::uint32_t>(place.ayah);
    if (corpus.verses.empty() || corpus.verses.back().surah != surah || corpus.verses.back().ayah != ayah)
      corpus.verses.push_back({surah, ayah, {}});
    corpus.verses.back().words.push_back(
        {cells[1], {{cells[1], given(cells[4]), {}, {}, given(cells[2]), ""}}});
    corpus::SyntaxNode& node = sentence.emplace_back();
    node.sentence = std::to_string(corpus.sentences.size() + 1);
    node.token = static_cast<std::int64_t>(sentence.size()) - 1;
    node.place = corpus::SegmentPlace{place.surah, place.ayah, place.word, 1};
    node.surah = place.surah;
    node.ayah = place.ayah;
    node.relation = cells[7];
    const auto head = numbers::parse<std::int64_t>(cells[6]).value();
    node.head = head == 0 ? node.token : head - 1;
  }
  finish();
  return corpus;
}

}  // namespace kalima::testing
