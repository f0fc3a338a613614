#include "api/legacy/verses/verse_json.h"

#include "api/legacy/verses/frames.h"

#include "verse_samples.h"

using namespace kalima;
using api::legacy::to_json;
using api::legacy::verse_from_json;
using api::legacy::with_research;
using corpus::ResearchKind;
using testing::error_of;
using testing::Random;

namespace {

std::vector<api::legacy::ListText> texts_of(const std::vector<corpus::Research>& research) {
  std::vector<api::legacy::ListText> out;
  for (const corpus::Research& list : research) out.push_back({list.kind, json::sorted(to_json(list))});
  return out;
}

const char* const ordinary =
    R"({"surah":{"number":1,"name":"الفاتحة"},"ayah":1,"text":"بِسْمِ ٱللَّهِ","tokens":[)"
    R"({"id":1,"form":"بِسْمِ","segments":[)"
    R"({"id":"1.1","form":null,"type":"prefix","pos":"P","root":null,"lemma":null,"features":"PREFIX|bi+"},)"
    R"({"id":"1.2","form":null,"type":"stem","pos":"N","root":"smw","lemma":"{som","features":"STEM|POS:N"}]},)"
    R"({"id":2,"form":"ٱللَّهِ","segments":[]}],"annotations":[]})";

std::string through(std::string_view text) {
  return json::ordered(to_json(verse_from_json(json::parse(text))));
}

}  // namespace

TEST_CASE("an ordinary verse is held by its typed members alone") {
  const auto [verse, layout] = verse_from_json(json::parse(ordinary));
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
  CHECK(layout.empty());
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
  auto written = verse_from_json(json::parse(
      R"({"translations":[{"id":"tr-1"}],"new":1,"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[]})"));
  REQUIRE(written.layout.verse);
  CHECK(written.layout.verse->odd.size() == 1);
  for (corpus::Research& research : written.verse.research) research.documents.clear();
  CHECK(json::ordered(to_json(written)) ==
        R"({"translations":[],"new":1,"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","tokens":[]})");
}

TEST_CASE("a list that no layout names comes last, and one in place of an odd value where that was") {
  auto written = verse_from_json(json::parse(
      R"({"annotations":true,"new":1,"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","translations":[]})"));
  REQUIRE(written.layout.verse);
  written.verse.research.push_back({ResearchKind::hypothesis, {}});
  written.verse.research.push_back({ResearchKind::annotation, {json::Object{{"id", "a"}}}});
  CHECK(
      json::ordered(to_json(written)) ==
      R"({"annotations":[{"id":"a"}],"new":1,"surah":{"number":1,"name":"N"},"ayah":2,"text":"a","translations":[],"structure_hypotheses":[]})");
  // Removed again, the value shows; a list that was imported leaves nothing.
  written.verse.research.clear();
  CHECK(json::ordered(to_json(written)) ==
        R"({"annotations":true,"new":1,"surah":{"number":1,"name":"N"},"ayah":2,"text":"a"})");
}

TEST_CASE("the frames of a verse give it back") {
  Random random(13);
  std::size_t with_frames = 0;
  for (int round = 0; round < 1'000; ++round) {
    testing::VerseSamples samples(random, {.odd = round % 4 != 0});
    json::Value object = samples.verse(3, round);
    for (const ResearchKind kind : corpus::all_research_kinds) object.erase(corpus::verse_key(kind));
    CAPTURE(json::ordered(object));
    const auto written = verse_from_json(object);
    const auto frames = frames_of(written.verse, written.layout);
    CHECK(frames.empty() == written.layout.empty());
    const auto again = in_frames(written.verse, frames);
    CHECK(to_json(again) == object);
    CHECK(again.layout == written.layout);
    if (!frames.empty()) ++with_frames;
  }
  CHECK(with_frames > 500);
}

TEST_CASE("research takes the place of research in a verse's text") {
  Random random(12);
  std::size_t differ = 0;
  for (int round = 0; round < 1'000; ++round) {
    testing::VerseSamples samples(random, {});
    testing::VerseSamples odd(random, {.odd = true});
    auto written = verse_from_json((round % 2 == 0 ? samples : odd).verse(2, round));
    json::Object odd_research;
    if (written.layout.verse) odd_research = written.layout.verse->odd;
    const std::string before = json::sorted(to_json(written));
    CHECK(with_research(before, texts_of(written.verse.research), odd_research) == before);
    written.verse.research = verse_from_json(samples.verse(2, round)).verse.research;
    const std::string after = json::sorted(to_json(written));
    CHECK(with_research(before, texts_of(written.verse.research), odd_research) == after);
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
    CHECK(error_of([&] { verse_from_json(value); }) == ErrorCode::bad_input);
    CHECK(testing::message_of([&] { verse_from_json(value); }).find(wrong) != std::string::npos);
  }
}

TEST_CASE("any verse comes back as it was read") {
  Random random(11);
  std::size_t with_layout = 0;
  for (int round = 0; round < 3'000; ++round) {
    testing::VerseSamples samples(random, {.odd = round % 4 != 0});
    const json::Value object = samples.verse(static_cast<std::int64_t>(random.between(1, 114)), round);
    CAPTURE(json::ordered(object));
    const auto written = verse_from_json(object);
    const bool same = to_json(written) == object;
    CHECK(same);
    if (round % 4 == 0) CHECK(written.layout.empty());
    if (written.layout.verse) ++with_layout;
  }
  CHECK(with_layout > 1'000);
}
