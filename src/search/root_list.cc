#include "search/root_list.h"

#include <algorithm>

#include "text/unicode.h"

namespace kalima::search {
namespace {

struct Count {
  std::uint32_t verses = 0, words = 0;
  std::uint32_t last_verse = snapshot::none, last_word = snapshot::none;
};

}  // namespace

std::vector<RootCount> count_roots(const snapshot::Snapshot& snapshot) {
  std::vector<Count> counts(snapshot.strings().size());
  for (std::uint32_t verse = 0; verse < snapshot.verse_count(); ++verse) {
    for (std::uint32_t word = snapshot.verse(verse).first_word; word < snapshot.verse(verse + 1).first_word;
         ++word) {
      for (std::uint32_t s = snapshot.word(word).first_segment; s < snapshot.word(word + 1).first_segment;
           ++s) {
        const snapshot::StringId root = snapshot.kinds()[snapshot.segment(s)].root;
        if (root == snapshot::no_string) continue;
        Count& count = counts[root];
        if (count.last_verse != verse) ++count.verses;
        if (count.last_word != word) ++count.words;
        count.last_verse = verse;
        count.last_word = word;
      }
    }
  }
  std::vector<RootCount> roots;
  for (snapshot::StringId id = 0; id < counts.size(); ++id) {
    const std::string_view root = snapshot.strings()[id];
    if (counts[id].words > 0 && !text::stripped(root).empty())
      roots.push_back({root, counts[id].verses, counts[id].words});
  }
  // Comparing UTF-8 bytes gives the order of the code points.
  std::sort(roots.begin(), roots.end(),
            [](const RootCount& a, const RootCount& b) { return a.root < b.root; });
  return roots;
}

}  // namespace kalima::search
