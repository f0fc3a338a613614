#include "corpus/columns/content_hash.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "support/hash.h"

namespace kalima::columns {

std::string content_hash(const CoreFile& core) {
  Hasher hasher;
  const auto add = [&](std::string_view text) {
    hasher.add(text);
    hasher.add(std::string_view("\0", 1));
  };
  std::vector<std::string> analyses(core.analyses());
  for (std::size_t verse = 0; verse < core.verses(); ++verse) {
    add(fmt::format("{}:{}", core.surah(verse), core.ayah(verse)));
    add(core.text_of(verse));
    const Range words = core.words_of(verse);
    for (std::size_t word = words.begin; word < words.end; ++word) {
      add(core.word_form(word));
      const Range segments = core.segments_of(word);
      for (std::size_t segment = segments.begin; segment < segments.end; ++segment) {
        std::string& analysis = analyses.at(core.analysis_of(segment));
        if (analysis.empty()) {
          for (const attributes::Definition& row : attributes::table) {
            if (row.column != attributes::Column::analysis) continue;
            analysis += core.text(row.attribute, core.value(row.attribute, segment)) + '\1';
          }
        }
        add(analysis);
      }
    }
  }
  return fmt::format("{:016x}", hasher.value());
}

}  // namespace kalima::columns
