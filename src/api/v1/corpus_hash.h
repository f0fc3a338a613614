// What names a corpus by its content.
#pragma once

#include <string>

#include "api/v1/when_asked.h"
#include "corpus/columns/content_hash.h"

namespace kalima::api::v1 {

// Threads: constant.
struct CorpusHash {
  explicit CorpusHash(const columns::CoreFile& core) : text(columns::content_hash(core)) {}
  std::string text;
};
using CorpusHashWhenAsked = WhenAsked<CorpusHash>;

}  // namespace kalima::api::v1
