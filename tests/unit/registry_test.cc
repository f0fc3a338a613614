#include "importers/registry.h"

#include "store/corpus_reader.h"
#include "support/files.h"
#include "testing.h"

using namespace kalima;
using testing::error_of;
using testing::TemporaryFolder;

namespace {

// The registry as it comes out of the database.
json::Value round_trip(const std::string& text) {
  const TemporaryFolder folder;
  files::write_durably(folder / "tags.json", text);
  {
    store::CorpusWriter writer(folder / "c.db");
    importers::Counts counts;
    importers::import_registry(importers::SourceFile(folder / "tags.json", importers::Limit{}), writer,
                               counts);
    writer.finish();
  }
  return store::CorpusReader(folder / "c.db").registry_object();
}

}  // namespace

TEST_CASE("a registry comes back as it was read") {
  for (const char* text :
       {"{}", R"({"tags":{},"patterns":{}})", R"({"x":true,"tags":{"":{},"é":null,"t":true},"v":[1.0]})",
        R"({"patterns":{"b":{"z":1,"a":2},"a":[]},"tags":{"a":{"tags":true}}})"}) {
    CAPTURE(text);
    CHECK(json::ordered(round_trip(text)) == text);
  }
}

TEST_CASE("tags and patterns that are not objects are refused") {
  for (const char* text :
       {R"({"tags":true})", R"({"patterns":true})", R"({"tags":[]})", R"({"patterns":null})", "[]", "true"}) {
    CAPTURE(text);
    CHECK(error_of([&] { round_trip(text); }) == ErrorCode::bad_input);
  }
}
