// The core file of a corpus that is written out here, and its parts for themselves.
#include <algorithm>
#include <set>

#include "columns_corpus.h"
#include "corpus/columns/postings.h"
#include "corpus/columns/tree_order.h"
#include "support/files.h"
#include "testing.h"
#include "text/plain.h"

using namespace kalima;
using namespace kalima::columns;
using attributes::Attribute;
using attributes::Region;
using testing::TypedCorpus;

namespace {

Segment segment(std::string form, std::string tag, std::string features, std::optional<std::string> root = {},
                std::optional<std::string> lemma = {}) {
  return {std::move(form), std::move(tag), {}, std::move(root), std::move(lemma), std::move(features)};
}

corpus::SyntaxNode node(std::int64_t token, std::optional<corpus::SegmentPlace> place, std::string relation,
                        std::int64_t head, std::string pos = "", std::string form = "") {
  corpus::SyntaxNode out;
  out.sentence = "1";
  out.token = token;
  out.place = place;
  out.surah = 1;
  out.ayah = 1;
  out.form = std::move(form);
  out.pos = std::move(pos);
  out.relation = std::move(relation);
  out.head = head;
  return out;
}

// Two verses: bi-smi llahi; qala.
TypedCorpus small() {
  TypedCorpus corpus;
  corpus.verses = {
      {1,
       1,
       {{"بِسْمِ",
         {segment("بِ", "P", "PREFIX|bi+"),
          segment("سْمِ", "N", "STEM|POS:N|LEM:{som|ROOT:smw|M|GEN", "سمو", "ٱسْم")}},
        {"ٱللَّهِ", {segment("ٱللَّهِ", "PN", "STEM|POS:PN|LEM:{ll~ah|ROOT:Alh|GEN", "اله", "ٱللَّه")}}}},
      {2, 142, {{"قَالَ", {segment("قَالَ", "V", "STEM|POS:V|PERF|LEM:qaAla|ROOT:qwl|3MS", "قول", "قَالَ")}}}}};
  corpus.sentences = {{node(0, std::nullopt, "root", 0, "V", "(*)"),
                       node(1, corpus::SegmentPlace{1, 1, 1, 1}, "link", 0),
                       node(2, corpus::SegmentPlace{1, 1, 1, 2}, "gen", 1),
                       node(3, corpus::SegmentPlace{1, 1, 2, 1}, "Poss", 2)}};
  corpus.sentences[0][1].phrase = corpus::Phrase{1, 2, "PP"};
  corpus.treebank = {{{1, 1, 1, 1}, {"_", "_"}}, {{1, 1, 1, 2}, {"\"In the name", "bis'mi"}}};
  corpus.masaq = {{{1, 1, 2, 1}, {"NOUN_PROP", ""}}, {{9, 1, 1, 1}, {"lost", ""}}};
  return corpus;
}

// A core file in a folder of its own.
struct Made {
  explicit Made(const TypedCorpus& corpus)
      : left_out(testing::write_core(corpus, folder / "core")), core(folder / "core") {}
  std::string value(Attribute attribute, std::size_t item) const {
    return core.text(attribute, core.value(attribute, item));
  }
  testing::TemporaryFolder folder;
  LeftOut left_out;
  CoreFile core;
};

}  // namespace

TEST_CASE("what is put into a core file comes out of it") {
  const Made made(small());
  const CoreFile& core = made.core;
  CHECK(core.identity() == "corpus-1");
  CHECK(core.verses() == 2);
  CHECK(core.words() == 3);
  CHECK(core.segments() == 4);
  CHECK(core.surah(1) == 2);
  CHECK(core.ayah(1) == 142);
  CHECK(core.words_of(0).end == 2);
  CHECK(core.verse_of(2) == 1);
  CHECK(core.word_of(1) == 0);

  CHECK(made.value(Attribute::segment, 1) == "سْمِ");
  CHECK(made.value(Attribute::type, 0) == "prefix");
  CHECK(made.value(Attribute::pos, 0) == "P");
  CHECK(made.value(Attribute::root, 0).empty());
  CHECK(made.value(Attribute::root, 1) == "سمو");
  CHECK(made.value(Attribute::clitic, 0) == "bi+");
  CHECK(made.value(Attribute::case_, 2) == "GEN");
  // Left unmarked in the features.
  CHECK(made.value(Attribute::form, 3) == "I");
  CHECK(made.value(Attribute::voice, 3) == "ACT");
  CHECK(made.value(Attribute::masaq_tag, 2) == "NOUN_PROP");
  CHECK(made.value(Attribute::masaq_tag, 1).empty());
  CHECK(made.value(Attribute::word, 0) == "بِسْمِ");
  CHECK(made.value(Attribute::plain, 1) == "الله");
  CHECK(made.value(Attribute::letters, 1) == "4");
  CHECK(made.value(Attribute::position, 1) == "2");
  CHECK(made.value(Attribute::repetition, 1) == "0");
  CHECK(made.value(Attribute::stem_root, 0) == "سمو");
  CHECK(made.value(Attribute::stem_pos, 2) == "V");
  CHECK(made.value(Attribute::gloss, 0) == "In the name");
  CHECK(made.value(Attribute::transliteration, 0) == "bis'mi");
  CHECK(made.value(Attribute::gloss, 2).empty());

  CHECK(made.left_out.rows == 1);
  CHECK(made.left_out.nodes == 0);
}

TEST_CASE("regions are runs of words") {
  const Made made(small());
  const CoreFile& core = made.core;
  const RegionList& juz = core.regions(Region::juz);
  REQUIRE(juz.size() == 2);
  CHECK(juz.number(1) == 2);
  CHECK(juz.words(0).end == 2);
  CHECK(juz.words(1).begin == 2);
  CHECK(juz.begun_at(1) == 0);
  CHECK(juz.begun_at(2) == 1);
  CHECK(core.regions(Region::verse).size() == 2);
  CHECK(made.value(Attribute::verse_n, 1) == "142");
  CHECK(made.value(Attribute::verse_sajda, 1) == "no");
  CHECK(made.value(Attribute::verse_similarity, 1) == "0");
  CHECK(made.value(Attribute::surah_name, 1) == "البقرة");
  CHECK(made.value(Attribute::surah_place, 1) == "Medinan");
  CHECK(core.counts(Attribute::juz_n, 2 + 1) == Counts{1, 1, 1, 1});
  CHECK(core.regions(Region::sentence).words(0).end == 2);
  CHECK(core.regions(Region::phrase).words(0).end == 1);
  CHECK(made.value(Attribute::phrase_kind, 0) == "PP");
}

TEST_CASE("nodes are segments, or not spoken") {
  const Made made(small());
  const Trees& trees = made.core.trees();
  REQUIRE(trees.size() == 4);
  CHECK_FALSE(trees.segment(0).has_value());
  CHECK(made.core.text(Attribute::pos, made.core.column(Attribute::pos).below(trees.analysis(0), 100)) ==
        "V");
  CHECK(made.core.text(Attribute::segment,
                       made.core.column(Attribute::segment).below(trees.analysis(0), 100)) == "(*)");
  CHECK(trees.segment(2) == 1);
  CHECK(trees.analysis(2) == made.core.analysis_of(1));
  CHECK_FALSE(trees.head(0).has_value());
  CHECK(trees.head(3) == 2);
  CHECK(trees.is_ancestor(0, 3));
  CHECK_FALSE(trees.is_ancestor(3, 0));
  CHECK_FALSE(trees.is_ancestor(1, 1));
  CHECK(made.value(Attribute::depth, 3) == "3");
  CHECK(made.value(Attribute::hidden, 0) == "yes");
  CHECK(trees.phrase_node(0) == 1);
  CHECK(trees.phrase(0).end == 3);
  // The node that is not spoken counts as a node, not as a segment.
  CHECK(made.core.counts(Attribute::pos, *made.core.find(Attribute::pos, "V")) == Counts{1, 1, 1, 1});
  CHECK(made.core.counts(Attribute::hidden, 2) == Counts{1, 0, 0, 1});
}

TEST_CASE("the same corpus gives the same file") {
  testing::TemporaryFolder folder;
  testing::write_core(small(), folder / "a");
  testing::write_core(small(), folder / "b");
  CHECK(files::read(folder / "a") == files::read(folder / "b"));
  CHECK(CoreFile(folder / "a").problems().empty());
}

TEST_CASE("an empty corpus has a core file") {
  const Made made{TypedCorpus{}};
  CHECK(made.core.words() == 0);
  CHECK(made.core.values(Attribute::root) == 0);
  CHECK(made.core.trees().sentences() == 0);
  CHECK(made.core.find(Attribute::root, "x") == std::nullopt);
}

TEST_CASE("values are sorted by their bare letters, then by code point") {
  TypedCorpus corpus;
  for (const char* lemma : {"قَال", "b", "قال2", "قال", "B", "a", "ٱللَّه"}) {
    corpus.verses.push_back({1, static_cast<std::uint32_t>(corpus.verses.size() + 1), {{"x", {{}}}}});
    corpus.verses.back().words[0].segments[0].lemma = lemma;
  }
  const Made made(corpus);
  const Dictionary& lemmas = made.core.dictionary(Attribute::lemma);
  std::vector<std::string> texts;
  for (std::uint32_t value = 1; value <= lemmas.size(); ++value) texts.emplace_back(lemmas.text(value));
  CHECK(texts == std::vector<std::string>{"a", "B", "b", "ٱللَّه", "قال", "قَال", "قال2"});
  CHECK(lemmas.with_key("قال") == std::pair(5u, 7u));
  CHECK(lemmas.with_key("b") == std::pair(2u, 4u));
  CHECK(lemmas.with_key("c") == std::pair(4u, 4u));
  CHECK(lemmas.find("B") == 2);
  CHECK_FALSE(lemmas.find("الله").has_value());
}

TEST_CASE("bare letters") {
  CHECK(text::plain("بِسْمِ") == "بسم");
  CHECK(text::plain("ٱلرَّحْمَـٰنِ") == "الرحمن");
  // An alif with a separate madda is an alif; one of its own code point stays.
  CHECK(text::plain("\u0627\u0653") == "\u0627");
  CHECK(text::plain("\u0622") == "\u0622");
  CHECK(text::plain("").empty());
}

TEST_CASE("postings: every list comes back, and may be entered anywhere") {
  testing::Random random(7);
  for (int round = 0; round < 200; ++round) {
    const std::size_t all = random.between(1, 5000), every = random.between(1, 60);
    std::vector<std::uint32_t> words;
    for (std::uint32_t word = 0; word < all; ++word) {
      if (random.one_in(every)) words.push_back(word);
    }
    const std::string bytes = encode_postings(words, all);
    const Postings list(bytes, all);
    CHECK(list.size() == words.size());
    REQUIRE(list.words() == words);
    auto cursor = list.cursor();
    for (std::uint32_t wanted = 0; wanted < all + 2;) {
      cursor.skip_to(wanted);
      const auto expected = std::ranges::lower_bound(words, wanted);
      REQUIRE(cursor.done() == (expected == words.end()));
      if (cursor.done()) break;
      REQUIRE(cursor.word() == *expected);
      wanted = *expected + static_cast<std::uint32_t>(random.between(0, 3 * every * 100) / 10);
    }
  }
}

TEST_CASE("the order of a tree with a cycle") {
  // 0 <- 1 <- 2; 3 -> 4 -> 5 -> 3, with 6 below 4; 7 is its own head.
  const std::vector<std::uint32_t> heads = {no_head, 0, 1, 4, 5, 3, 4, 7};
  const TreeOrder order = tree_order(heads);
  CHECK(order.depth == std::vector<std::uint32_t>{0, 1, 2, no_head, no_head, no_head, no_head, no_head});
  CHECK(order.on_cycle == std::vector<bool>{false, false, false, true, true, true, false, true});
  CHECK(order.cycle == std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1, 1, 2});
  CHECK(order.last[0] == 2);
  const Children children = children_of(heads);
  CHECK(children.nodes == std::vector<std::uint32_t>{1, 2, 5, 3, 6, 4, 7});
}
