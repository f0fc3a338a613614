// Features that an import keeps as text, but that no attribute of the corpus takes up: the person who runs it is told.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "corpus/verse.h"
#include "importers/counts.h"
#include "importers/source.h"

namespace kalima::importers {

// One thread.
class UnknownFeatures {
 public:
  // A segment's features, from the 1-based `line`.
  void add(std::string_view features, std::size_t line);
  // Those of all segments of a verse.
  void add(const corpus::Verse& verse, std::size_t line);
  // Adds the warning "COUNT segments have a feature that is not known, the first "FEATURE" at FILE:LINE", if there is
  // one to give.
  void warn(const Source& file, Counts& counts) const;

 private:
  std::size_t segments_ = 0, first_line_ = 0;
  std::string first_;
};

}  // namespace kalima::importers
