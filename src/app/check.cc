#include "app/check.h"

#include <fmt/format.h>

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "app/index.h"
#include "store/companions.h"
#include "store/corpus_reader.h"
#include "store/soundness.h"
#include "support/error.h"
#include "support/files.h"
#include "support/json.h"

namespace kalima::app {
namespace {

constexpr std::size_t max_reported = 20;

// Compares the verses, and which verses contain each term, of a new index with those of the existing one.
void compare(const store::CorpusReader& reader, const Index& index, CheckResult& result) {
  const api::legacy::Snapshot& snapshot = index.legacy();
  result.writes_since_index = reader.revision().number - snapshot.revision();
  std::vector<bool> changed(snapshot.verse_count(), false);
  for (const std::int64_t verse : reader.verses_changed_since(snapshot.revision())) {
    // A foreign one is found by the check of references.
    if (const auto place = static_cast<std::size_t>(verse); place < changed.size()) changed[place] = true;
  }
  std::size_t number = 0;
  api::legacy::each_verse(reader, [&](const corpus::Verse& verse, const api::legacy::VerseLayout& layout) {
    const std::size_t v = number++;
    if (v >= snapshot.verse_count() || changed[v] || result.problems.size() >= max_reported) return;
    if (snapshot.json(v) != json::sorted(api::legacy::to_json(verse, layout))) {
      result.problems.push_back(
          fmt::format("index: verse {}:{} differs from the database", verse.surah, verse.ayah));
    }
  });
  if (number != snapshot.verse_count()) {
    result.problems.push_back(
        fmt::format("index: it has {} verses, the database {}", snapshot.verse_count(), number));
  }
}

}  // namespace

CheckResult check(const std::filesystem::path& database, const Progress& progress) {
  CheckResult result;
  const store::Companions companions(database);
  result.problems = store::problems(database);
  const store::CorpusReader reader(database);
  const auto folder = index_folder(database);
  try {
    const Index index(folder, reader, Verification::of_everything);
    // No index is made of a damaged database, not even to compare it.
    const bool whole = result.problems.empty();
    compare(reader, index, result);
    if (!whole) return result;
    for (std::string& problem : index_differences(reader, folder, progress))
      result.problems.push_back(std::move(problem));
  } catch (const Error& e) {  // an unusable index is a finding, not the end of the check
    if (e.code() == ErrorCode::unavailable) throw;  // no room to compare, which says nothing about the index
    const bool of_database = e.code() == ErrorCode::damaged;
    result.problems.push_back(fmt::format("{}: {}", of_database ? "database" : "index", e.what()));
  }
  return result;
}

}  // namespace kalima::app
