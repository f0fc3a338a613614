// api/legacy/verses: a verse object comes back as it was read, whatever its keys and their order.
#include "api/legacy/verses/verse_json.h"

#include "api/legacy/verses/frames.h"

#include <algorithm>

#include "fuzzing.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto object = refused_or([&] { return json::parse(text); });
  if (!object) return 0;
  const auto written = refused_or([&] { return api::legacy::verse_from_json(*object); });
  if (!written) return 0;
  FUZZ_CHECK(to_json(*written) == *object);
  const corpus::Verse* verse = &written->verse;

  // What the typed members say, the object says too.
  FUZZ_CHECK(object->find("surah")->find("number")->as_integer() == verse->surah);
  FUZZ_CHECK(object->find("ayah")->as_integer() == verse->ayah);
  FUZZ_CHECK(*object->find("text")->as_string() == verse->text);
  const json::Value* tokens = object->find("tokens");
  FUZZ_CHECK(verse->words.size() == (tokens == nullptr ? 0 : tokens->as_array()->size()));
  for (const corpus::Research& research : verse->research) {
    const auto same_kind = [&](const corpus::Research& other) { return other.kind == research.kind; };
    FUZZ_CHECK(std::ranges::count_if(verse->research, same_kind) == 1);
    FUZZ_CHECK(corpus::is_list(research.kind) || research.documents.size() == 1);
  }
  // A layout is kept only where it is needed.
  api::legacy::VerseLayout bare = written->layout;
  bare.verse.reset();
  FUZZ_CHECK(!written->layout.verse || to_json(*verse, bare) != *object);
  // Without research, the frames give it back.
  json::Value without = *object;
  for (const corpus::ResearchKind kind : corpus::all_research_kinds) without.erase(corpus::verse_key(kind));
  const auto read = api::legacy::verse_from_json(without);
  FUZZ_CHECK(to_json(in_frames(read.verse, frames_of(read.verse, read.layout))) == without);
  return 0;
}
