// What names a corpus by its content.
#pragma once

#include <string>

#include "api/v1/when_asked.h"
#include "corpus/columns/core_file.h"

namespace kalima::api::v1 {

// Every place, every text, every analysis: 16 hexadecimal digits. Made of the whole core file, which takes some
// milliseconds. Threads: constant.
struct CorpusHash {
  explicit CorpusHash(const columns::CoreFile& core);
  std::string text;
};
using CorpusHashWhenAsked = WhenAsked<CorpusHash>;

}  // namespace kalima::api::v1
