#include "importers/unknown_features.h"

#include <fmt/format.h>

#include "corpus/features.h"
#include "support/files.h"
#include "support/utf8.h"

namespace kalima::importers {

void UnknownFeatures::add(std::string_view features, std::size_t line) {
  const corpus::Features read = corpus::read_features(features);
  if (read.leftovers.empty() || segments_++ != 0) return;
  first_ = read.leftovers.front();
  first_line_ = line;
}

void UnknownFeatures::add(const corpus::Verse& verse, std::size_t line) {
  for (const corpus::Word& word : verse.words) {
    for (const corpus::Segment& segment : word.segments) add(segment.features.value_or(""), line);
  }
}

void UnknownFeatures::warn(const Source& file, Counts& counts) const {
  if (segments_ == 0) return;
  counts.warnings.push_back(fmt::format("{} segment{} a feature that is not known, the first \"{}\" at {}:{}",
                                        segments_, segments_ == 1 ? " has" : "s have",
                                        utf8::prefix(first_, 40), files::to_utf8(file.path()), first_line_));
}

}  // namespace kalima::importers
