// Queries over small corpora that are written out here.
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "query/query.h"
#include "query_cases.h"
#include "query_corpus.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::query;
using testing::TypedCorpus;

namespace {

struct Made {
  explicit Made(const TypedCorpus& corpus) {
    testing::write_core(corpus, folder / "core");
    core = std::make_unique<columns::CoreFile>(folder / "core");
    engine = std::make_unique<Engine>(*core);
  }
  // Hits as "begin-end", positions of segments, with captures.
  std::string hits(const std::string& text, const Options& options = {}) const {
    std::string out;
    const Found found = engine->run(text, options);
    for (Hits hits = found.hits(); hits.next();) {
      const Hit hit = hits.hit();
      if (!out.empty()) out += ' ';
      out += fmt::format("{}-{}", hit.begin, hit.end);
      for (const Captured& one : hit.captures)
        out += fmt::format("/{}{}-{}", found.labels()[one.label], one.begin, one.end);
    }
    return out;
  }
  Counts counts(const std::string& text, const Options& options = {}) const {
    return engine->run(text, options).counts();
  }
  std::string refusal(const std::string& text) const {
    try {
      engine->run(text, {});
    } catch (const Error& e) {
      return e.message() + " | " + e.cure();
    }
    return {};
  }

  testing::TemporaryFolder folder;
  std::unique_ptr<columns::CoreFile> core;
  std::unique_ptr<Engine> engine;
};

// What the queries below may name.
struct OneList : Names {
  std::optional<std::vector<std::string>> list(std::string_view name) const override {
    if (name != "names") return std::nullopt;
    return std::vector<std::string>{"سمو", "اله"};
  }
  std::optional<std::string> query(std::string_view name) const override {
    if (name == "verbs") return "[pos=\"V\"]";
    if (name == "pairs") return "a:[] b:[]";
    if (name == "cycle") return "[] @cycle";
    return std::nullopt;
  }
  std::vector<std::string> all(char) const override { return {}; }
};

columns::Segment segment(std::string form, std::string tag, std::string features,
                         std::optional<std::string> root = {}) {
  return {form, std::move(tag), {}, std::move(root), form, std::move(features)};
}

std::string shown(const Hit& hit) {
  std::string out = fmt::format("{}-{}", hit.begin, hit.end);
  for (const Captured& one : hit.captures) out += fmt::format("/{}:{}-{}", one.label, one.begin, one.end);
  return out;
}

// Two surahs. Words (and segments): 1:1 bi-smi(0,1) allah(2) | 1:2 qala(3) wa-qala(4,5) | 2:1 qala-hu(6,7) smi(8).
TypedCorpus segmented() {
  const auto bi = segment("بِ", "P", "PREFIX|bi+"), wa = segment("وَ", "CONJ", "PREFIX|w:CONJ+");
  const auto name = segment("سْمِ", "N", "STEM|POS:N|M|GEN", "سمو"),
             allah = segment("ٱللَّهِ", "PN", "STEM|POS:PN|GEN", "اله");
  const auto said = segment("قَالَ", "V", "STEM|POS:V|PERF|3MS", "قول"),
             him = segment("هُ", "PRON", "SUFFIX|PRON:3MS");
  TypedCorpus corpus;
  corpus.verses = {{1, 1, {{"بِسْمِ", {bi, name}}, {"ٱللَّهِ", {allah}}}},
                   {1, 2, {{"قَالَ", {said}}, {"وَقَالَ", {wa, said}}}},
                   {2, 1, {{"قَالَهُ", {said, him}}, {"سْمِ", {name}}}}};
  return corpus;
}

}  // namespace

TEST_CASE("words and segments in one sequence") {
  const Made made(segmented());
  CHECK(made.hits("[pos=\"V\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("{pos=\"V\"}") == "3-4 5-6 6-7");
  CHECK(made.hits("[pos=\"V\"] {pos=\"CONJ\"}") == "3-5");
  // A word ends at its border.
  CHECK(made.hits("{pos=\"V\"} []") == "3-6");
  CHECK(made.hits("{pos=\"V\"} {}* </w> []") == "3-6 6-9");
  CHECK(made.hits("{pos=\"P\"} {pos=\"N\"} within <w/>") == "0-2");
  CHECK(made.hits("{} {} within w") == "0-2 4-6 6-8");
  // Never over surahs; over verses unless it says so.
  CHECK(made.hits("[] []") == "0-3 2-4 3-6 6-9");
  CHECK(made.hits("[] [] within verse") == "0-3 3-6 6-9");
}

TEST_CASE("one segment of a word satisfies the whole condition; without a positive test all do") {
  const Made made(segmented());
  CHECK(made.hits("[pos=\"V\" & person=\"3\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("[pos=\"PRON\" & aspect=\"PERF\"]").empty());
  CHECK(made.hits("[pos=\"PRON\"] & [aspect=\"PERF\"]") == "6-8");
  CHECK(made.hits("[pos!=\"V\"]") == "0-2 2-3 8-9");
  CHECK(made.hits("[pos=\"V\" & root!=\"\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("[pos=\"CONJ|PRON\" & root=\"\"]") == "4-6 6-8");
  CHECK(made.hits("[root!=\"\"]") == "0-2 2-3 3-4 4-6 6-8 8-9");
  CHECK(made.hits("{root=\"\"}") == "0-1 4-5 7-8");
  CHECK(made.hits("[!(pos=\"V\" | pos=\"PN\")]") == "0-2 8-9");
  CHECK(made.hits("![pos=\"V\"]") == "0-2 2-3 8-9");
  CHECK(made.hits("!{root=\"قول\"}") == "0-1 1-2 2-3 4-5 7-8 8-9");
}

TEST_CASE("values: transliteration, aliases, spellings") {
  const Made made(segmented());
  CHECK(made.hits("[root=\"qwl\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("[root=b\"qwl\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("[root=\"ق.ل\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("[pos=\"verb\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("[tag=\"noun|proper noun\"]") == "0-2 2-3 8-9");
  CHECK(made.hits("[clitic=\"bi+\"]") == "0-2");
  CHECK(made.hits("\"قال\"") == "3-4");
  CHECK(made.hits("\"قال.*\"") == "3-4 6-8");
  CHECK(made.hits("[word==\"قال\"]").empty());
  CHECK(made.engine->run("\"قال\"", {}).steps().front().step == text::Step::partial_vowels);
  CHECK(made.hits("[plain=\"الله\"]") == "2-3");
  CHECK(made.hits("[plain=\".*ل\"]") == "3-4 4-6");
  CHECK(made.hits("[plain=\".*له\"]") == "2-3 6-8");
  CHECK(made.hits("[plain=\"س.*\"]") == "8-9");
  CHECK(made.hits("[plain=\".*ل.*\"]") == "2-3 3-4 4-6 6-8");
  CHECK(made.hits("[plain=\"ا.*\"]") == "2-3");
  CHECK(made.hits("[plain=\".*مل.*\"]").empty());
  CHECK(made.hits("[pos=\".*V\"]") == "3-4 4-6 6-8");
  CHECK(made.hits("[n=2]") == "2-3 4-6 8-9");
  CHECK(made.hits("[n>=2 & n<3]") == "2-3 4-6 8-9");
  CHECK(made.hits("[surah=2]") == "6-8 8-9");
  Options options;
  options.names = std::make_shared<const OneList>();
  CHECK(made.hits("[root=$names]", options) == "0-2 2-3 8-9");
}

TEST_CASE("a query that a query names") {
  const Made made(segmented());
  Options options;
  options.names = std::make_shared<const OneList>();
  CHECK(made.hits("@verbs", options) == made.hits("[pos=\"V\"]"));
  CHECK(made.hits("@verbs [] within verse", options) == made.hits("[pos=\"V\"] [] within verse"));
  CHECK(made.hits("[] !within @verbs", options) == made.hits("![pos=\"V\"]"));
  CHECK(made.hits("<verse/> containing @pairs", options) == made.hits("<verse/> containing ([] [])"));
  CHECK(made.hits("@@verbs", options) == made.hits("[pos=\"V\"]"));
  // Of words only, in a query of segments.
  CHECK(made.hits("@verbs overlap {}", options) == made.hits("[pos=\"V\"] overlap {}"));
  CHECK_THROWS_AS(made.hits("@cycle", options), QueryError);
  CHECK_THROWS_AS(made.hits("@unknown", options), QueryError);
  CHECK_THROWS_AS(made.hits("@verbs"), QueryError);
}

TEST_CASE("tags, looks, captures and constraints") {
  const Made made(segmented());
  CHECK(made.hits("<verse>") == "0-0 3-3 6-6");
  CHECK(made.hits("<verse/>") == "0-3 3-6 6-9");
  CHECK(made.hits("<surah n=1/>") == "0-6");
  CHECK(made.hits("[] within <surah n!=1/>") == "6-8 8-9");
  CHECK(made.hits("![pos=\"PN\"] within <verse n=1/>") == "0-2 6-8 8-9");
  CHECK(made.hits("<verse> [] []* </verse>") == "0-3 3-6 6-9");
  CHECK(made.hits("[] </verse> <verse> []* [] </verse>") == "2-6");
  CHECK(made.hits("(?<! [pos=\"PN\"]) [pos=\"V\"]") == "4-6 6-8");
  CHECK(made.hits("[] (?= [pos=\"V\"])") == "2-3 3-4");
  CHECK(made.hits("[: pos=\"V\" :] []") == "3-4 4-6 6-8");
  // What is empty is found at the very end too, and nothing is seen from the end of a surah.
  CHECK(made.hits("</surah>") == "6-6 9-9");
  CHECK(made.hits("(?longest) </surah>") == "6-6 9-9");
  CHECK(made.hits("[] (?= </surah>)") == "4-6 8-9");
  // The end of one surah is not the beginning of the next.
  CHECK(made.hits("[] <verse>") == "2-3");
  CHECK(made.hits("</verse> []") == "3-4");
  CHECK(made.hits("[] (?! <verse>)") == "0-2 3-4 4-6 6-8 8-9");
  CHECK(made.hits("(?<! </verse>) []") == "0-2 2-3 4-6 6-8 8-9");
  CHECK(made.hits("</verse> <verse>").empty());
  CHECK(made.hits("[] (</verse> & </surah>)") == "4-6 8-9");
  CHECK(made.hits("(<verse> & <surah>) []") == "0-2 6-8");
  CHECK(made.hits("[] (?= (?! []))") == "4-6 8-9");
  CHECK(made.hits("(?<= (?<! [])) []") == "0-2 6-8");
  CHECK(made.hits("[] (?! (?= []))") == "4-6 8-9");
  CHECK(made.hits("<verse/> containing [pos=\"PN\"]") == "0-3");
  CHECK(made.hits("<verse/> !containing [pos=\"PN\"]") == "3-6 6-9");
  CHECK(made.hits("a:[] b:[] :: a.root = b.root") == "3-6/a3-4/b4-6");
  CHECK(made.hits("a:[] [root = a.root]") == "3-6/a3-4");
  CHECK(made.hits("a:{} {} b:{} :: a.root = b.root") == "3-6/a3-4/b5-6");
  CHECK(made.hits("a:[] b:[] :: a.root != b.root") == "0-3/a0-2/b2-3 2-4/a2-3/b3-4 6-9/a6-8/b8-9");
  CHECK(made.hits("a:{} :: a.root = \"\"") == "0-1/a0-1 4-5/a4-5 7-8/a7-8");
  CHECK(made.hits("a:[] b:[] :: a.pos = \"V\" & b.n = 2") == "3-6/a3-4/b4-6 6-9/a6-8/b8-9");
  CHECK(made.hits("a:[] []? b:[] :: distance(a,b) = 2") == "0-4/a0-2/b3-4 2-6/a2-3/b4-6");
  CHECK(made.hits("a:[] within v:<verse/> :: v.n = 1 & a.pos = \"PN\"") == "2-3/a2-3/v0-3");
  CHECK(made.hits("(a:[pos=\"N\"])? [pos=\"PN\"] :: !a") == "2-3");
  CHECK(made.hits("a:[] :: f(a.root) = 1") == "2-3/a2-3");
  CHECK(made.hits("a:[] :: f(a.root) > 2") == "3-4/a3-4 4-6/a4-6 6-8/a6-8");
  CHECK(made.hits("1:[] 2:[] & 1.root = 2.root") == "3-6/13-4/24-6");
  CHECK(made.hits("(meet [pos=\"V\"] [pos=\"PN\"] -1 -1)") == "3-4");
  CHECK(made.hits("(meet [pos=\"V\"] not [pos=\"PN\"] -1 -1)") == "4-6 6-8");
  CHECK(made.hits("(union [pos=\"PN\"] [pos=\"PRON\"])") == "2-3 6-8");
}

TEST_CASE("readings and counts") {
  const Made made(segmented());
  CHECK(made.hits("[]{1,2} within verse") == "0-2 0-3 2-3 3-4 3-6 4-6 6-8 6-9 8-9");
  CHECK(made.hits("(?longest) []{1,2} within verse") == "0-3 3-6 6-9");
  CHECK(made.hits("(?shortest) []{1,2}") == "0-2 2-3 3-4 4-6 6-8 8-9");
  CHECK(made.hits("(?standard) [] []* [pos=\"V\"] within surah") == "0-4 3-6");
  const Counts counts = made.counts("a:[]* b:[]");
  // Surah 1 has words 0 to 3, surah 2 has 4 and 5; an empty a is missing.
  CHECK(counts.hits == 13);
  CHECK(counts.spans == 13);
  CHECK(counts.words == 6);
  CHECK(counts.verses == 3);
  const Found found = made.engine->run("[]{1,2}", {});
  std::vector<std::string> all;
  for (Hits hits = found.hits(); hits.next();) all.push_back(fmt::format("{}-{}", hits.begin(), hits.end()));
  CHECK(all.size() == found.counts().hits);
  CHECK(all[1] == "0-3");
  CHECK(all[2] == "2-3");
}

TEST_CASE("hits that are skipped: as if they had been visited") {
  // Many words, so that places fill several blocks of 64.
  const auto name = segment("سْمِ", "N", "STEM|POS:N|M|GEN", "سمو"),
             said = segment("قَالَ", "V", "STEM|POS:V|PERF|3MS", "قول");
  TypedCorpus corpus;
  for (std::uint32_t ayah = 1; ayah <= 40; ++ayah) {
    corpus.verses.push_back({1, ayah, {}});
    for (std::uint32_t word = 0; word < 10; ++word) {
      const auto& one = word * ayah % 23 == 7 ? said : name;
      corpus.verses.back().words.push_back({one.form, {one}});
    }
  }
  const Made made(corpus);
  for (const char* text : {"[pos=\"V\"]", "[]", "[]{1,3}", "a:[pos=\"V\"] []{0,4} b:[]", "</verse>"}) {
    const Found found = made.engine->run(text, {});
    std::vector<std::string> all;
    for (Hits hits = found.hits(); hits.next();) all.push_back(shown(hits.hit()));
    CHECK(all.size() == found.counts().hits);
    for (std::size_t first = 0; first <= all.size(); first += 1 + first / 5) {
      for (std::size_t second = first; second <= all.size() + 9; second += 1 + second / 7) {
        Hits hits = found.hits();
        hits.skip(first);
        hits.skip(second - first);
        const bool more = hits.next();
        CHECK(more == (second < all.size()));
        if (more) CHECK(shown(hits.hit()) == all[second]);
      }
    }
  }
}

TEST_CASE("== takes a value exactly, = in any case") {
  TypedCorpus corpus;
  corpus.verses = {{1, 1, {}}};
  for (const char* lemma : {"From", "from", "from", "FROM"})
    corpus.verses[0].words.push_back({"مِن", {{"مِن", "P", {}, {}, lemma, ""}}});
  const Made made(corpus);
  CHECK(made.hits("[lemma==\"from\"]") == "1-2 2-3");
  CHECK(made.hits("a:[] :: a.lemma==\"From\"") == "0-1/a0-1");
  CHECK(made.hits("[lemma!==\"from\"]") == "0-1 3-4");
  CHECK(made.hits("[lemma=\"from\"]") == "0-1 1-2 2-3 3-4");
  CHECK(made.hits("[lemma==\"from\"%c]") == "0-1 1-2 2-3 3-4");
}

TEST_CASE("what a corpus lacks, and what nobody knows, is an error") {
  const Made made(segmented());
  CHECK(made.refusal("[gloss=\"x\"]").find("treebank") != std::string::npos);
  CHECK(made.refusal("[masaq_tag=\"x\"]").find("MASAQ") != std::string::npos);
  CHECK(made.refusal("[] within s").find("treebank") != std::string::npos);
  CHECK(made.refusal("[lema=\"x\"]").find("lemma") != std::string::npos);
  CHECK(made.refusal("[person=\"4\"]").find("is not a value of person") != std::string::npos);
  CHECK(made.refusal("[mood=\"JSU\"]").find("did you mean JUS?") != std::string::npos);
  CHECK(made.refusal("[] within vers").find("did you mean verse?") != std::string::npos);
  CHECK(made.refusal("a:[] :: b.root=\"x\"").find("nothing is labelled 'b'") != std::string::npos);
  CHECK(made.refusal("a:[] :: root=\"x\"").find("a.root") != std::string::npos);
  CHECK(made.refusal("[word=\"(\"]").find("expression is wrong") != std::string::npos);
  CHECK(made.refusal("_ []").find("[]*") != std::string::npos);
  CHECK(made.refusal("[similar=\"x\"]").find("similarity") != std::string::npos);
  CHECK(made.refusal("[]{300}{300}").find("repeats too much") != std::string::npos);
  TypedCorpus text;
  text.verses = {{1, 1, {{"بِسْمِ", {}}, {"ٱللَّهِ", {}}}}};
  const Made plain(text);
  CHECK(plain.refusal("[pos=\"V\"]").find("morphology") != std::string::npos);
  CHECK(plain.hits("\"الله\"") == "1-2");
  CHECK(plain.hits("[] []") == "0-2");
  CHECK(plain.refusal("repeat([])").find("morphology") != std::string::npos);
  CHECK(plain.hits("repeat([], [], by=word)").empty());
}

TEST_CASE("what occurs again") {
  const Made made(segmented());
  CHECK(made.hits("repeat(n=1)") == "0-2 3-4 4-6 6-8 8-9");
  CHECK(made.hits("repeat(n=1, by=word)").empty());
  CHECK(made.hits("repeat(n>=2)").empty());
  CHECK(made.hits("repeat()").empty());
  CHECK(made.hits("repeat([pos=\"V\"])") == "3-4 4-6 6-8");
  CHECK(made.hits("a:repeat([pos=\"V\"] & b:[])") == "3-4/a3-4/b3-4 4-6/a4-6/b4-6 6-8/a6-8/b6-8");
  // What is compared with something else.
  CHECK(made.hits("repeat([pos=\"V\"], [pos=\"N\"])").empty());
  CHECK(made.hits("repeat([], [] within <surah n=2/>)") == "0-2 3-4 4-6");
  // Where the hits must lie does not change what they are compared with.
  CHECK(made.hits("repeat([]) within <surah n=2/>") == "6-8 8-9");
  CHECK(made.hits("repeat([] within <surah n=2/>)").empty());
  CHECK(made.hits("repeat([]) [pos=\"PN\"]") == "0-3");
  // Whole words only.
  CHECK(made.hits("repeat({}, by=root)").empty());
  CHECK(made.hits("repeat({}{1,2}, n=1)") == "0-2 3-4 4-6 6-8 8-9");
  CHECK(made.hits("repeat(n=2, differ<=1)") == "2-4 3-6 6-9");
  CHECK(made.hits("repeat([] [], differ=1)") == "2-4 3-6 6-9");
  CHECK(made.hits("repeat(n=2, d:differ=1)") == "2-4/d2-3 3-6/d3-4 3-6/d4-6 6-9/d8-9");
  CHECK(made.hits("repeat([pos=\"V\"], d:differ<=1)") == "3-4 4-6 6-8");
  CHECK(made.hits("{pos=\"PN\"} repeat(n=2, d:differ=1)") == "2-6/d3-4 2-6/d4-6");
  CHECK(made.hits("[repetition=1]") == "0-2 3-4 4-6 6-8 8-9");
  CHECK(made.hits("[repetition=0]") == "2-3");
}

TEST_CASE("what is similar") {
  const Made made(segmented());
  CHECK(made.hits("similar()").empty());
  CHECK(made.hits("similar(similarity>=50)") == "0-3 3-6 6-9");
  CHECK(made.hits("similar(similarity>50)").empty());
  CHECK(made.hits("similar(\"1:1\", similarity>=50)") == "6-9");
  CHECK(made.hits("similar([], [pos=\"N\"])") == "0-2 8-9");
  CHECK(made.hits("similar([], by=word)").empty());
  CHECK(made.hits("<verse similarity=50/>") == "0-3 3-6 6-9");
  CHECK(made.hits("[similarity>50]").empty());
}

TEST_CASE("repeat() and similar() say what they cannot do, and what to write") {
  struct Wrong {
    const char *text, *says;
  };
  constexpr auto cases = std::to_array<Wrong>({
      {"repeat(3)", "3 is not what repeat() is of"},
      {"repeat(lemma)", "by=lemma"},
      {"repeat(by=foo)", "by=root"},
      {"repeat([], [], [])", "two queries at most"},
      {"repeat(n=0)", "from 1 to 500"},
      {"repeat(n!=3)", "n>=3"},
      {"repeat(differ=2)", "similar()"},
      {"repeat(d:differ=0)", "d:differ<=1"},
      {"repeat(a:n=3)", "n>=3"},
      {"repeat(by=surah)", "not an attribute of words"},
      {"repeat(by=lema)", "did you mean lemma"},
      {"repeat(by=gloss)", "treebank"},
      {"repeat(length=3)", "repeat() has no option 'length'"},
      {"repeat(n=3, n=4)", "n is given twice"},
      {"similar(by=root, by=lemma)", "by is given twice"},
      {"similar(similarty>=50)", "did you mean similarity?"},
      {"similar(similarity<50)", "similarity>=80"},
      {"similar(similarity>=0)", "from 1 to 100"},
      {"similar(\"9:9\")", "the corpus has no verse 9:9"},
      {"similar(\"x\")", "\"x\" names no verse"},
      {"phrase([], by=lemma)", "phrase() has no options"},
  });
  const Made made(segmented());
  for (const Wrong& wrong : cases) {
    CAPTURE(wrong.text);
    const std::string said = made.refusal(wrong.text);
    CAPTURE(said);
    CHECK(said.find(wrong.says) != std::string::npos);
  }
}

TEST_CASE("a query that is cut off says so") {
  const Made made(segmented());
  Options options;
  options.cancelled = [] { return true; };
  CHECK(made.engine->run("[]*", options).partial());
  Options tight;
  tight.max_memory = 1;
  CHECK(made.engine->run("[]*", tight).partial());
  CHECK_FALSE(made.engine->run("[]*", {}).partial());
}

TEST_CASE("an empty corpus") {
  const Made made{TypedCorpus{}};
  for (const char* text : {"[]", "[]*", "<verse/>", "\"x\"", "(?= []) []", "![n=1]", "[] within verse",
                           "(meet [] [] 0 1)", "repeat(n=1, by=word, differ<=1)", "similar(by=word)"}) {
    CAPTURE(text);
    CHECK(made.counts(text).hits == 0);
  }
}
