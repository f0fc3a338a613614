#include "corpus/verse.h"

#include "verse_samples.h"

using namespace kalima;
using corpus::ResearchKind;
using testing::error_of;
using testing::Random;

namespace {

const char* const ordinary =
    R"({"surah":{"number":1,"name":"الفاتحة"},"ayah":1,"text":"بِسْمِ ٱللَّهِ","tokens":[)"
    R"({"id":1,"form":"بِسْمِ","segments":[)"
    R"({"id":"1.1","form":null,"type":"prefix","pos":"P","root":null,"lemma":null,"features":"PREFIX|bi+"},)"
    R"({"id":"1.2","form":null,"type":"stem","pos":"N","root":"smw","lemma":"{som","features":"STEM|POS:N"}]},)"
    R"({"id":2,"form":"ٱللَّهِ","segments":[]}],"annotations":[]})";

std::string through(std::string_view text) {
  return json::ordered(to_json(corpus::verse_from_json(json::parse(text))));
}

}  // namespace

TEST_CASE("an ordinary verse is held by its typed members alone") {
  const corpus::Verse verse = corpus::verse_from_json(json::parse(ordinary));
  CHECK(verse.surah == 1);
  CHECK(verse.ayah == 1);
  CHECK(verse.surah_name == "الفاتحة");
  CHECK(verse.text == "بِسْمِ ٱللَّهِ");
  REQUIRE(verse.words.size() == 2);
  CHECK(verse.words[0].id == 1);
  CHECK(verse.words[0].form == "بِسْمِ");
  REQUIRE(verse.words[0].segments.size() == 2);
  CHECK_FALSE(verse.words[0].segments[0].form);
  CHECK_FALSE(verse.words[0].segments[0].root);
  CHECK(verse.words[0].segments[1].id == "1.2");
  CHECK(verse.words[0].segments[1].type == "stem");
  CHECK(verse.words[0].segments[1].pos == "N");
  CHECK(verse.words[0].segments[1].root == "smw");
  CHECK(verse.words[0].segments[1].lemma == "{som");
  CHECK(verse.words[0].segments[1].features == "STEM|POS:N");
  CHECK(verse.words[1].segments.empty());
  CHECK_FALSE(verse.layout);
  CHECK_FALSE(verse.words[0].layout);
  CHECK_FALSE(verse.words[0].segments[1].layout);
  REQUIRE(verse.research.size() == 1);
  CHECK(verse.research[0].kind == ResearchKind::annotation);
  CHECK(verse.research[0].documents.empty());
  CHECK(through(ordinary) == ordinary);
}

TEST_CASE("what the typed members cannot hold is kept") {
  const char* const verses[] = {
      // Another order, unknown keys, values of types that no page names.
      R"({"text":"a","ayah":2,"surah":{"name":"N","number":1,"revealed":"Mecca"},"section_tags":["x"],"tokens":[],"annotations":[]})",
      R"({"surah":{"number":1,"name":"N"},"ayah":2,"text":"a"})",
      R"({"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","text_norm":null,"weight":1000.0,"tokens":[{"form":"a","id":1}]})",
      R"({"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[{"id":"one","form":"a","pos":"PRON","segments":[{"gloss":["in"],"id":"1.1","pos":"P"}]}]})",
      R"({"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[{"id":1.0,"form":null,"segments":[{}]},{}]})",
      // Research of an unexpected shape is an unknown key.
      R"({"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[],"annotations":true,"connections":[],"translations":{"a":1},"structure_hypotheses":null})",
      R"({"connections":{},"translations":[true,[],null],"surah":{"number":1,"name":"N"},"tokens":[],"ayah":2,"text":"a","annotations":[{"note":true}]})",
      R"({"connections":{"z":1,"internal":[{"to":"2:3"}]},"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[]})",
  };
  for (const char* verse : verses) CHECK(through(verse) == verse);
}

TEST_CASE("a changed member shows in the object") {
  corpus::Verse verse = corpus::verse_from_json(json::parse(
      R"({"translations":[{"id":"tr-1"}],"new":1,"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[]})"));
  REQUIRE(verse.layout);
  for (corpus::Research& research : verse.research) research.documents.clear();
  CHECK(json::ordered(to_json(verse)) ==
        R"({"translations":[],"new":1,"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[]})");
}

TEST_CASE("research takes the place of research in a verse's text") {
  Random random(12);
  std::size_t differ = 0;
  for (int round = 0; round < 1'000; ++round) {
    testing::VerseSamples samples(random, {});
    corpus::Verse verse = corpus::verse_from_json(samples.verse(2, round));
    const std::string before = json::sorted(to_json(verse));
    CHECK(corpus::with_research(before, verse.research) == before);
    verse.research = corpus::verse_from_json(samples.verse(2, round)).research;
    const std::string after = json::sorted(to_json(verse));
    CHECK(corpus::with_research(before, verse.research) == after);
    if (after != before) ++differ;
  }
  CHECK(differ > 500);
}

TEST_CASE("anything but a verse is refused, with the member that is wrong") {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "object"},
      {"null", "object"},
      {"{}", "surah"},
      {R"({"surah":1,"ayah":1,"text":"a"})", "surah"},
      {R"({"surah":{"number":"1","name":"N"},"ayah":1,"text":"a"})", "number"},
      {R"({"surah":{"number":1.5,"name":"N"},"ayah":1,"text":"a"})", "number"},
      {R"({"surah":{"number":1},"ayah":1,"text":"a"})", "name"},
      {R"({"surah":{"number":1,"name":"N"},"text":"a"})", "ayah"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":true,"text":"a"})", "ayah"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1})", "text"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":null})", "text"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":"a","tokens":{}})", "tokens"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":"a","tokens":["a"]})", "token"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":"a","tokens":[{"form":1}]})", "form"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":"a","tokens":[{"segments":null}]})", "segments"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":"a","tokens":[{"segments":[1]}]})", "segment"},
      {R"({"surah":{"number":1,"name":"N"},"ayah":1,"text":"a","tokens":[{"segments":[{"root":[]}]}]})",
       "root"},
  };
  for (const auto& [its_text, wrong] : cases) {
    const auto& text = its_text;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(text);
    const json::Value value = json::parse(text);
    CHECK(error_of([&] { corpus::verse_from_json(value); }) == ErrorCode::bad_input);
    CHECK(testing::message_of([&] { corpus::verse_from_json(value); }).find(wrong) != std::string::npos);
  }
}

TEST_CASE("any verse comes back as it was read") {
  Random random(11);
  std::size_t with_layout = 0;
  for (int round = 0; round < 3'000; ++round) {
    testing::VerseSamples samples(random, {.odd = round % 4 != 0});
    const json::Value object = samples.verse(static_cast<std::int64_t>(random.between(1, 114)), round);
    CAPTURE(json::ordered(object));
    const corpus::Verse verse = corpus::verse_from_json(object);
    const bool same = to_json(verse) == object;
    CHECK(same);
    if (round % 4 == 0) CHECK_FALSE(verse.layout);
    if (verse.layout) ++with_layout;
  }
  CHECK(with_layout > 1'000);
}
