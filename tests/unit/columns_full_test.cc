// The core file of the whole corpus: its size, its trees, and two queries evaluated as a query engine will.
#include <algorithm>
#include <set>
#include <vector>

#include "corpus/columns/core_file.h"
#include "importers/public.h"
#include "index/core.h"
#include "shared_data.h"
#include "store/corpus_reader.h"
#include "store/corpus_writer.h"
#include "testing.h"

using namespace kalima;
using attributes::Attribute;
using columns::CoreFile;

namespace {

// The words that have a segment of one of these analyses.
std::size_t words_with(const CoreFile& core, const std::vector<bool>& analyses) {
  std::size_t words = 0;
  for (std::size_t word = 0; word < core.words(); ++word) {
    const columns::Range segments = core.segments_of(word);
    for (std::size_t s = segments.begin; s < segments.end; ++s) {
      if (!analyses[core.analysis_of(s)]) continue;
      ++words;
      break;
    }
  }
  return words;
}

std::vector<bool> having(const CoreFile& core, Attribute attribute, std::string_view text) {
  std::vector<bool> out(core.analyses(), false);
  for (const std::uint32_t analysis : core.holders(attribute, core.find(attribute, text).value()))
    out[analysis] = true;
  return out;
}

}  // namespace

TEST_CASE("the core file of the whole corpus") {
  constexpr const char *text = "text/quran-clean.txt",
                       *morphology = "morphology/quranic-corpus-morphology-0.4.txt",
                       *treebank = "quranic/Quranic/Quranic.csv", *masaq = "masaq/MASAQ.csv";
  const auto data = testing::full_data({text, morphology, treebank, masaq});
  if (!data) return;
  testing::TemporaryFolder folder;
  {
    store::CorpusWriter writer(folder / "c.db");
    importers::PublicFiles files;
    files.text = *data / text;
    files.morphology = *data / morphology;
    files.treebank = *data / treebank;
    files.masaq = *data / masaq;
    importers::import_public(files, importers::Limits(), writer, testing::no_progress);
    writer.finish();
  }
  const auto left_out =
      index::build_core(store::CorpusReader(folder / "c.db"), folder / "core", testing::no_progress);
  CHECK(left_out.rows == 0);
  CHECK(left_out.nodes == 0);
  const CoreFile core(folder / "core");
  CHECK(core.verses() == 6236);
  CHECK(core.words() == 77429);
  CHECK(core.segments() == 128219);
  CHECK(core.problems().empty());

  // [root="رحم"], and [pos="V" & person!="3"]: one segment satisfies both.
  CHECK(core.postings(Attribute::root, core.find(Attribute::root, "رحم").value()).size() == 339);
  std::vector<bool> matching = having(core, Attribute::pos, "V");
  const std::vector<bool> third = having(core, Attribute::person, "3");
  for (std::size_t i = 0; i < matching.size(); ++i) matching[i] = matching[i] && !third[i];
  CHECK(words_with(core, matching) == 7047);

  const columns::Trees& trees = core.trees();
  CHECK(trees.size() == 139376);
  CHECK(trees.sentences() == 11693);
  CHECK(trees.phrases() == 26463);
  const std::uint32_t root = core.find(Attribute::relation, "root").value();
  std::size_t edges = 0, roots = 0, itself = 0, hidden = 0, on_cycles = 0, children = 0, same_word = 0;
  std::set<std::size_t> sentences_with_cycles;
  for (std::size_t node = 0; node < trees.size(); ++node) {
    const auto head = trees.head(node);
    const auto segment = trees.segment(node);
    if (head) ++edges;
    if (core.value(Attribute::relation, node) == root) ++roots;
    if (trees.names_itself(node)) ++itself;
    if (!segment) ++hidden;
    if (head && segment && trees.segment(*head))
      same_word += core.word_of(*segment) == core.word_of(*trees.segment(*head)) ? 1 : 0;
    children += trees.child_count(node);
    if (!trees.on_cycle(node)) continue;
    ++on_cycles;
    sentences_with_cycles.insert(trees.sentence_of(node));
  }
  CHECK(edges == 103750);
  CHECK(children == edges);
  CHECK(roots == 14166);
  CHECK(itself == 31);
  CHECK(hidden == 11157);
  CHECK(on_cycles == 364);
  CHECK(sentences_with_cycles.size() == 133);
  CHECK(same_word == 30087);

  // What is above a node, by walking and by comparing numbers.
  for (std::size_t s = 0; s < trees.sentences(); s += 7) {
    const columns::Range nodes = trees.sentence(s);
    for (std::size_t node = nodes.begin; node < nodes.end; ++node) {
      const auto above = trees.ancestors(node);
      std::size_t found = 0;
      for (std::size_t other = nodes.begin; other < nodes.end; ++other)
        found += trees.is_ancestor(other, node) ? 1 : 0;
      REQUIRE(found == above.size());
      REQUIRE(std::ranges::all_of(above, [&](std::uint32_t one) { return trees.is_ancestor(one, node); }));
    }
  }
}
