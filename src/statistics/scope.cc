#include "statistics/scope.h"

#include <string>
#include <utility>

#include "attributes/table.h"
#include "support/error.h"

namespace kalima::statistics {

Extent extent_of(const query::Corpus& corpus, const Bits& words) {
  const std::vector<std::uint32_t>& surahs = corpus.values(attributes::Attribute::surah_n);
  Extent out;
  std::uint32_t verse = query::nothing, surah = query::nothing;
  words.each([&](std::size_t word) {
    ++out.words;
    if (std::exchange(verse, corpus.verse_of[word]) != corpus.verse_of[word]) ++out.verses;
    if (std::exchange(surah, surahs[word]) != surahs[word]) ++out.surahs;
  });
  return out;
}

Bits words_of(const query::Corpus& corpus, const Hits& hits) {
  return hits.found.tag_alone() ? Bits(corpus.words()) : hits.found.words();
}

void add_left_out(const Hits& hits, Sheet& sheet) {
  const query::Counts& counts = hits.found.counts();
  if (hits.found.tag_alone() && counts.hits > 0)
    sheet.left_out.push_back({"hits without words: places where something begins or ends", counts.hits});
  if (counts.without_span > 0)
    sheet.left_out.push_back({"matches whose first node is not spoken", counts.without_span});
}

Scope::Scope(const query::Engine& engine, std::string_view within, const query::Options& options) {
  const query::Corpus& corpus = engine.corpus();
  if (within.empty()) {
    words_ = Bits(corpus.words(), true);
  } else {
    text_ = within;
    if (attributes::find_region(within)) text_ = '<' + text_ + "/>";
    const query::Found found = engine.run(text_, options);
    if (found.tag_alone()) {
      throw Error(ErrorCode::bad_input, "a start or end tag alone has no words",
                  "write the region: <verse/> instead of <verse>");
    }
    reading_ = found.reading();
    words_ = found.words();
    partial_ = found.partial();
  }
  extent_ = extent_of(corpus, words_);
}

}  // namespace kalima::statistics
