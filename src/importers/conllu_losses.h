// What a CoNLL-U file says that the corpus has no place for. An export gives the file back as it came, but queries do not
// find it: the person who runs the import is told.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "conllu/format.h"
#include "importers/counts.h"

namespace kalima::importers {

// One thread.
class ConlluLosses {
 public:
  void add(const conllu::Sentence& sentence);
  // One warning for each kind, with its number.
  void warn(Counts& counts) const;

 private:
  void add(const conllu::Line& line);

  std::size_t feats_ = 0, tags_ = 0, edges_ = 0;
  std::map<std::string, std::size_t> comments_, attributes_;  // by name
};

}  // namespace kalima::importers
