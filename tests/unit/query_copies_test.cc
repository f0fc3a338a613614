// A corpus of many copies of a small one has the hits of the small one in each copy, whatever sets of places, pages and lists are
// made of them; and a root that only one of the copies has is found there alone.
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "columns_corpus.h"
#include "query/query.h"
#include "query_corpus.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::query;
using testing::TypedCorpus;

namespace {

constexpr std::size_t copies = 90, rare_copy = 37;
constexpr std::uint32_t surahs_of_copy = 2000;

const std::vector<std::string> queries = {
    "[pos=\"V\"]",
    "[root=\"ظظظ\"]",
    "{root=\"ظظظ\"}",
    "[root!=\"ظظظ\"]",
    "[root=\"ظظظ\"] []",
    "[] [root=\"ظظظ\"]",
    "[] [] [root=\"ظظظ\"] [pos=\"N\"]",
    "[pos=\"N\"] [root=\"ظظظ\"] [pos!=\"V\"]",
    "[pos=\"N\" | lemma!=\"\"] [root=\"ظظظ\"] [pos=\"V\" & person!=\"\"]{0,2}",
    "{} {root=\"ظظظ\"} {pos=\"N\"}",
    "{pos=\"N\"}{1,3} {root=\"ظظظ\"}",
    "{root=\"ظظظ\"} []",
    "[] {root=\"ظظظ\"}",
    "[root=\"ظظظ\"] [surah_n>0 & pos!=\"V\"] [n>1]",
    "a:[pos=\"N\"] []{0,3} b:[root=\"ظظظ\"]",
    "a:[root=\"ظظظ\"]? b:[pos=\"N\"]",
    "<verse> []* [root=\"ظظظ\"]",
    "[root=\"ظظظ\"] []* </verse>",
    "<verse> []* [root=\"ظظظ\"] []* </verse>",
    "<verse> [pos=\"N\"]* </verse>",
    "{pos=\"N\"} {}* </w> []",
    "([] [root=\"ظظظ\"]) within verse",
    "[]{2} within 2 verse",
    "[]{1,2} within <s/>",
    "[] within <verse n=\"1\"/>",
    "<verse/> containing [root=\"ظظظ\"]",
    "<verse/> !containing [root=\"ظظظ\"]",
    "<verse/> containing [pos=\"N\"] [pos=\"N\"]",
    "[pos=\"N\"] within (<verse/> containing [root=\"ظظظ\"])",
    "[] !within (<verse/> containing [root=\"كتب\"])",
    "[]{2} overlap ([root=\"ظظظ\"] [])",
    "[] overlap a:([root=\"ظظظ\"] [])",
    "(meet [] [root=\"ظظظ\"] -2 2)",
    "(meet [pos=\"N\"] [pos=\"V\"] 1 3)",
    "(meet [pos=\"N\"] not [root=\"ظظظ\"] verse)",
    "(meet [pos=\"N\"] not [pos=\"V\"] -3 -1)",
    "(union [root=\"ظظظ\"] [pos=\"V\"])",
    "(?longest) []{1,3} [root=\"ظظظ\"]",
    "(?shortest) []{1,3} [pos=\"N\"]",
    "(?standard) []{1,3} [pos=\"N\"]",
    "(?longest) [pos=\"N\"]+",
    "(?<= [root=\"ظظظ\"]) []",
    "(?! [root=\"ظظظ\"]) [pos=\"N\"]",
    "[] (?= [root=\"ظظظ\"])",
    "![root=\"ظظظ\"]",
    "!{pos=\"N\"}",
    "[]{2} & ([] [root=\"ظظظ\"])",
    "a:[] b:[root=\"ظظظ\"] :: a.pos = b.pos | a.pos = \"N\"",
    "a:[] b:[] :: a.root = b.root",
    "[: pos=\"N\" :] [root=\"ظظظ\"]",
    "[root=\"ظظظ\"] [: pos=\"N\" :]",
    "[] | [root=\"ظظظ\"] []",
    "<surah/>",
    "</verse>",
    "<verse>",
    "<sentence/>",
    "<phrase/> within verse",
    "[phrase_kind=\"PP\"] [root=\"ظظظ\"]",
    "a:{} -Subj|Obj-> b:{}",
    "a:{root=\"ظظظ\"} --> b:_",
    "a:_ -->> b:{root=\"ظظظ\"}",
    "{pos=\"N\"} !-Subj-> _",
    "a:{hidden=\"yes\"} -Subj-> _",
    "_ --> b:{pos=\"PRON\" & hidden=\"yes\"}",
    "phrase({root=\"ظظظ\"})",
    "phrase(_ --> b:{root=\"ظظظ\"})",
    "phrase(_)",
    "[] within <surah n=\"3\"/>",
};

// The one in which a root is rare has it in a word in the middle.
TypedCorpus made(bool rare) {
  testing::Random random(11);
  TypedCorpus corpus = testing::random_typed_corpus(random, 60);
  if (!rare) return corpus;
  for (std::size_t verse = corpus.verses.size() / 2;; ++verse) {
    std::vector<columns::Word>& words = corpus.verses.at(verse).words;
    if (words.size() < 4 || words[1].segments.empty()) continue;
    words[1].segments.back().root = "ظظظ";
    return corpus;
  }
}

// Adds the corpus with its surahs further on.
void add(TypedCorpus& to, TypedCorpus corpus, std::size_t copy) {
  const auto further = static_cast<std::uint32_t>(copy) * surahs_of_copy;
  for (columns::Verse& verse : corpus.verses) {
    verse.surah += further;
    to.verses.push_back(std::move(verse));
  }
  for (auto& sentence : corpus.sentences) {
    for (corpus::SyntaxNode& node : sentence) {
      node.surah += further;
      if (node.place) node.place->surah += further;
      node.sentence = std::to_string(copy) + '-' + node.sentence;
    }
    to.sentences.push_back(std::move(sentence));
  }
}

struct Asked {
  explicit Asked(const TypedCorpus& corpus) {
    testing::write_core(corpus, folder / "core");
    core = std::make_unique<columns::CoreFile>(folder / "core");
    engine = std::make_unique<Engine>(*core);
  }
  testing::TemporaryFolder folder;
  std::unique_ptr<columns::CoreFile> core;
  std::unique_ptr<Engine> engine;
};

// The hits as if the corpus began at a position.
std::vector<std::string> hits_of(const Found& found, std::size_t from) {
  std::vector<std::string> out;
  for (Hits hits = found.hits(); hits.next();) {
    const Hit hit = hits.hit();
    std::string shown = fmt::format("{}-{}", hit.begin + from, hit.end + from);
    for (const Captured& one : hit.captures)
      shown += fmt::format(" {}:{}-{}{}", one.label, one.begin + from, one.end + from, one.hidden ? "*" : "");
    out.push_back(shown);
  }
  return out;
}

std::array<std::uint64_t, 5> numbers_of(const Counts& counts) {
  return {counts.hits, counts.spans, counts.words, counts.verses, counts.without_span};
}

}  // namespace

TEST_CASE("many copies of a corpus have the hits of each") {
  const TypedCorpus plain = made(false), with_rare = made(true);
  TypedCorpus all;
  all.treebank_columns = plain.treebank_columns;
  for (std::size_t copy = 0; copy < copies; ++copy) add(all, copy == rare_copy ? with_rare : plain, copy);
  const Asked one(plain), rare(with_rare), many(all);
  const std::size_t size = one.engine->positions();
  REQUIRE(many.engine->positions() == size * copies);
  REQUIRE(size * copies > 3 * std::size_t{4096});
  std::size_t found_rare = 0;
  for (const std::string& query : queries) {
    CAPTURE(query);
    const Found of_one = one.engine->run(query, {}), of_rare = rare.engine->run(query, {}),
                of_many = many.engine->run(query, {});
    REQUIRE_FALSE(of_many.partial());
    std::vector<std::string> expected;
    std::array<std::uint64_t, 5> counts = numbers_of(of_rare.counts());
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] += numbers_of(of_one.counts())[i] * (copies - 1);
    for (std::size_t copy = 0; copy < copies; ++copy) {
      const auto here = hits_of(copy == rare_copy ? of_rare : of_one, copy * size);
      expected.insert(expected.end(), here.begin(), here.end());
    }
    CHECK(numbers_of(of_many.counts()) == counts);
    CHECK(hits_of(of_many, 0) == expected);
    CHECK(of_many.words().count() == counts[2]);
    if (of_one.counts().hits == 0 && of_rare.counts().hits > 0) ++found_rare;
  }
  // Enough of them begin with what is in one copy only.
  CHECK(found_rare > 10);
}
