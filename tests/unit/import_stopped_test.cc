// A request to stop is heard while an import reads what holds no verse: importers/public.h.
#include "importers/public.h"

#include <fmt/format.h>

#include <set>
#include <string>

#include "store/corpus_writer.h"
#include "support/files.h"
#include "support/stop.h"
#include "testing.h"

using namespace kalima;

namespace {

constexpr std::size_t MiB = importers::MiB;

// A surah, with a long line of white space before each verse.
std::string spacious_text(std::size_t space, std::string_view words) {
  std::string text;
  for (int ayah = 1; ayah <= 4; ++ayah)
    text += std::string(space, ' ') + fmt::format("\n112|{}|{}\n", ayah, words);
  return text;
}

}  // namespace

TEST_CASE("each pass of an import calls its progress, whatever is in the files") {
  const testing::TemporaryFolder folder;
  files::write_durably(folder / "text.txt", spacious_text(MiB, "كِتَٰب وَشَمْس"));
  files::write_durably(folder / "en.txt", spacious_text(MiB, "A book and a sun"));
  const importers::PublicFiles from{folder / "text.txt", {}, {}, {}, {{"en", folder / "en.txt"}}};
  std::size_t calls = 0;
  std::set<std::string, std::less<>> steps;
  const auto run = [&](std::size_t stop_at) {
    calls = 0;
    files::remove_all(folder / "made");
    store::CorpusWriter writer(folder / "made");
    importers::import_public(from, {}, writer, [&](std::string_view step, std::size_t, std::size_t) {
      steps.emplace(step);
      if (++calls == stop_at) throw stop::Stopped();
    });
  };
  run(0);
  CHECK(steps == std::set<std::string, std::less<>>{"checking", "verses"});
  // 4 MiB of the text are read to count it, beside the translation and to be imported; so are those of the translation.
  const std::size_t all = calls;
  CHECK(all >= 20);
  for (std::size_t stop_at = 1; stop_at <= all; stop_at += 1 + all / 10) {
    CHECK_THROWS_AS(run(stop_at), stop::Stopped);
    CHECK(calls == stop_at);
  }
}
