// The comments before each sentence: its name and text, the verses that begin in it, rows of the treebank
// that belong to no place in the text. Call for the sentences in order.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "conllu/format.h"
#include "exporters/conllu_units.h"
#include "exporters/conllu_words.h"

namespace kalima::exporters {

class ConlluComments {
 public:
  // The arguments must outlive the object.
  ConlluComments(const std::vector<corpus::Verse>& verses, const Frames& frames,
                 const std::vector<Unit>& units, const std::vector<TreebankRow>& rows,
                 const std::vector<std::string>& columns)
      : verses_(verses), frames_(frames), units_(units), rows_(rows), columns_(columns) {}

  // `sentence` has its lines.
  void add(const SentencePlan& plan, conllu::Sentence& sentence);

 private:
  const corpus::Verse& first_verse(const SentencePlan& plan) const;
  std::string name_of(const SentencePlan& plan);
  void add_verse(std::size_t number, conllu::Sentence& sentence);

  const std::vector<corpus::Verse>& verses_;
  const Frames& frames_;
  const std::vector<Unit>& units_;
  const std::vector<TreebankRow>& rows_;
  const std::vector<std::string>& columns_;
  std::optional<std::int64_t> document_;  // the current surah
  bool columns_said_ = false;
  std::size_t verses_said_ = 0;
  std::unordered_map<std::int64_t, std::string> surah_names_;  // written so far
  std::set<std::string> names_;
};

}  // namespace kalima::exporters
