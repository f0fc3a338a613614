// Random corpora: what the core file says against what is computed here, slowly, from single values.
#include <algorithm>
#include <map>
#include <set>

#include "columns_corpus.h"
#include "corpus/columns/values.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::columns;
using attributes::Attribute;
using attributes::Column;
using attributes::Definition;
using attributes::Level;
using attributes::Region;

namespace {

// What a rule gives, as text.
std::string shown(const Definition& row, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  const auto* number = std::get_if<std::uint32_t>(&value);
  if (number == nullptr) return "";
  if (row.type == attributes::Type::enumerated) return std::string(row.values[*number].name);
  if (row.type == attributes::Type::flag) return *number == 1 ? "yes" : "no";
  return std::to_string(*number);
}

std::string text_of(const CoreFile& core, Attribute attribute, std::size_t item) {
  return core.text(attribute, core.value(attribute, item));
}

void check_values(const testing::TypedCorpus& corpus, const CoreFile& core) {
  std::size_t word_number = 0, segment_number = 0;
  for (const Verse& verse : corpus.verses) {
    std::uint32_t position = 0;
    for (const Word& word : verse.words) {
      std::vector<ReadSegment> segments;
      for (const Segment& segment : word.segments) segments.push_back(read(segment));
      const ReadWord read_word{word, segments, ++position};
      for (const Definition& row : attributes::table) {
        if (const auto* of = std::get_if<OfWord>(&rule(row.attribute))) {
          REQUIRE(text_of(core, row.attribute, word_number) == shown(row, of->value(read_word)));
        }
        const auto* of = std::get_if<OfSegment>(&rule(row.attribute));
        for (std::size_t s = 0; of != nullptr && s < segments.size(); ++s) {
          REQUIRE(text_of(core, row.attribute, segment_number + s) == shown(row, of->value(segments[s])));
        }
      }
      const Range range = core.segments_of(word_number);
      REQUIRE(range.begin == segment_number);
      REQUIRE(range.size() == segments.size());
      std::vector<std::uint32_t> parts;
      for (std::size_t s = range.begin; s < range.end; ++s) {
        REQUIRE(core.word_of(s) == word_number);
        parts.push_back(core.analysis_of(s));
      }
      REQUIRE(core.parts_of(core.word_analysis_of(word_number)) == parts);
      ++word_number;
      segment_number += segments.size();
    }
  }
  REQUIRE(core.words() == word_number);
  REQUIRE(core.segments() == segment_number);
}

// Counts of each value, from sets of what each item touches.
class Naive {
 public:
  void add(std::uint32_t value, const std::set<std::size_t>& segments, const std::set<std::size_t>& words,
           const std::set<std::size_t>& verses) {
    Touched& touched = of_[value];
    ++touched.items;
    touched.segments.insert(segments.begin(), segments.end());
    touched.words.insert(words.begin(), words.end());
    touched.verses.insert(verses.begin(), verses.end());
  }
  void check(const CoreFile& core, const Definition& row) const {
    CAPTURE(std::string(row.name));
    for (std::uint32_t value = 0; value <= core.values(row.attribute) + 1; ++value) {
      const auto it = of_.find(value);
      const Touched none, &touched = it == of_.end() ? none : it->second;
      const Counts expected{touched.items, static_cast<std::uint32_t>(touched.segments.size()),
                            static_cast<std::uint32_t>(touched.words.size()),
                            static_cast<std::uint32_t>(touched.verses.size())};
      REQUIRE(core.counts(row.attribute, value) == expected);
      if (value == 0 || row.level == Level::region || row.level == Level::node) continue;
      REQUIRE(core.postings(row.attribute, value).words() ==
              std::vector<std::uint32_t>(touched.words.begin(), touched.words.end()));
    }
    for (const auto& [value, touched] : of_) REQUIRE(value <= core.values(row.attribute));
    Touched any;
    for (const auto& [value, touched] : of_) {
      if (value == 0) continue;
      any.items += touched.items;
      any.segments.insert(touched.segments.begin(), touched.segments.end());
      any.words.insert(touched.words.begin(), touched.words.end());
      any.verses.insert(touched.verses.begin(), touched.verses.end());
    }
    const Counts of_any = core.counts_of_any(row.attribute);
    REQUIRE(of_any.items == any.items);
    REQUIRE(of_any.segments == any.segments.size());
    REQUIRE(of_any.words == any.words.size());
    REQUIRE(of_any.verses == any.verses.size());
  }

 private:
  struct Touched {
    std::uint32_t items = 0;
    std::set<std::size_t> segments, words, verses;
  };
  std::map<std::uint32_t, Touched> of_;
};

void check_counts(const CoreFile& core) {
  for (const Definition& row : attributes::table) {
    Naive naive;
    const auto words = [&](std::size_t begin, std::size_t end, std::uint32_t value) {
      std::set<std::size_t> segments, inside, verses;
      for (std::size_t word = begin; word < end; ++word) {
        inside.insert(word);
        verses.insert(core.verse_of(word));
        for (std::size_t s = core.segments_of(word).begin; s < core.segments_of(word).end; ++s)
          segments.insert(s);
      }
      naive.add(value, segments, inside, verses);
    };
    switch (row.level) {
      case Level::segment:
        for (std::size_t s = 0; s < core.segments(); ++s) {
          const std::size_t word = core.word_of(s);
          naive.add(core.value(row.attribute, s), {s}, {word}, {core.verse_of(word)});
        }
        break;
      case Level::word:
        for (std::size_t word = 0; word < core.words(); ++word)
          words(word, word + 1, core.value(row.attribute, word));
        break;
      case Level::region: {
        const RegionList& regions = core.regions(row.region);
        for (std::size_t i = 0; i < regions.size(); ++i) {
          words(regions.words(i).begin, regions.words(i).end, core.value(row.attribute, i));
        }
        break;
      }
      case Level::node:
        for (std::size_t node = 0; node < core.trees().size(); ++node) {
          std::set<std::size_t> segments, words_here, verses;
          if (const auto segment = core.trees().segment(node)) {
            segments = {*segment};
            words_here = {core.word_of(*segment)};
          }
          if (const auto verse = core.trees().verse(node)) verses = {*verse};
          naive.add(core.value(row.attribute, node), segments, words_here, verses);
        }
        break;
    }
    naive.check(core, row);
    if (row.column != Column::analysis && row.column != Column::word_analysis) continue;
    for (std::uint32_t value = 1; value <= core.values(row.attribute); ++value) {
      std::vector<std::uint32_t> holders;
      for (std::uint32_t i = 0; i < core.column(row.attribute).size(); ++i) {
        if (core.column(row.attribute)[i] == value) holders.push_back(i);
      }
      REQUIRE(core.holders(row.attribute, value) == holders);
    }
  }
}

void check_dictionaries(const CoreFile& core) {
  for (const Definition& row : attributes::table) {
    const Dictionary& dictionary = core.dictionary(row.attribute);
    for (std::uint32_t value = 1; value <= dictionary.size(); ++value) {
      const std::string text(dictionary.text(value));
      REQUIRE(core.find(row.attribute, text) == value);
      REQUIRE_FALSE(dictionary.find(text + "x").has_value());
      const auto [first, last] = dictionary.with_key(folded_key(text));
      REQUIRE(first <= value);
      REQUIRE(value < last);
      if (value == 1) continue;
      const std::string before(dictionary.text(value - 1));
      REQUIRE(std::pair(folded_key(before), before) < std::pair(folded_key(text), text));
    }
  }
}

void check_trees(const testing::TypedCorpus& corpus, const CoreFile& core) {
  const Trees& trees = core.trees();
  std::size_t first = 0, sentence_number = 0;
  for (const auto& sentence : corpus.sentences) {
    REQUIRE(trees.sentence(sentence_number).begin == first);
    REQUIRE(trees.sentence(sentence_number).end == first + sentence.size());
    const std::vector<std::size_t> heads = corpus::heads_of(sentence);
    for (std::size_t i = 0; i < sentence.size(); ++i) {
      REQUIRE(trees.sentence_of(first + i) == sentence_number);
      const bool itself = heads[i] == i, none = itself || heads[i] == corpus::no_node;
      REQUIRE(trees.names_itself(first + i) == itself);
      REQUIRE(trees.head(first + i) ==
              (none ? std::nullopt : std::optional(static_cast<std::uint32_t>(first + heads[i]))));
      // All nodes above, by walking as often as there are nodes.
      std::vector<std::uint32_t> above;
      std::size_t at = i;
      for (std::size_t steps = 0; steps <= sentence.size(); ++steps) {
        if (heads[at] == corpus::no_node || heads[at] == at) break;
        at = heads[at];
        const auto number = static_cast<std::uint32_t>(first + at);
        if (at != i && std::ranges::find(above, number) == above.end()) above.push_back(number);
      }
      REQUIRE(trees.ancestors(first + i) == above);
      for (std::size_t other = 0; other < trees.size(); ++other) {
        REQUIRE(trees.is_ancestor(other, first + i) ==
                (std::ranges::find(above, static_cast<std::uint32_t>(other)) != above.end()));
      }
      std::vector<std::uint32_t> below, children;
      for (std::size_t other = 0; other < sentence.size(); ++other) {
        if (heads[other] == i && other != i) below.push_back(static_cast<std::uint32_t>(first + other));
      }
      for (std::size_t c = 0; c < trees.child_count(first + i); ++c)
        children.push_back(trees.child(first + i, c));
      REQUIRE(children == below);
      // The top of what has no cycle above it.
      const bool unrelated = sentence[i].attachment() == corpus::Attachment::unrelated;
      const bool finite = !trees.on_cycle(first + i) && std::ranges::none_of(above, [&](std::uint32_t node) {
        return trees.on_cycle(node);
      });
      REQUIRE(text_of(core, Attribute::depth, first + i) ==
              (finite && !unrelated ? std::to_string(above.size()) : ""));
    }
    first += sentence.size();
    ++sentence_number;
  }
  REQUIRE(trees.size() == first);
  REQUIRE(trees.sentences() == sentence_number);
}

void check_regions(const CoreFile& core) {
  for (const Region region : {Region::juz, Region::hizb, Region::quarter, Region::manzil, Region::ruku,
                              Region::page, Region::surah, Region::verse}) {
    const RegionList& list = core.regions(region);
    for (std::size_t verse = 0; verse < core.verses(); ++verse) {
      const std::size_t number = region == Region::verse ? core.ayah(verse)
                                 : region == Region::surah
                                     ? core.surah(verse)
                                     : corpus::part_of(region, {core.surah(verse), core.ayah(verse)});
      const Range words = core.words_of(verse);
      for (std::size_t word = words.begin; word < words.end; ++word) {
        const auto at = list.begun_at(word);
        REQUIRE(at.has_value());
        REQUIRE(list.number(*at) == number);
        REQUIRE(list.words(*at).begin <= word);
        REQUIRE(word < list.words(*at).end);
      }
    }
  }
}

}  // namespace

TEST_CASE("random corpora: the core file says what its values say one by one") {
  testing::Random random(20);
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    const auto corpus = testing::random_typed_corpus(random, random.between(0, 30));
    testing::TemporaryFolder folder;
    testing::write_core(corpus, folder / "core");
    const CoreFile core(folder / "core");
    REQUIRE(core.verses() == corpus.verses.size());
    check_values(corpus, core);
    check_counts(core);
    check_dictionaries(core);
    check_trees(corpus, core);
    check_regions(core);
    REQUIRE(core.problems().empty());
  }
}
