// search/root_input: whatever is typed, the roots that may be meant are those of the list, each once, the
// best first.
//
// libFuzzer: -max_len=300 -runs=1000
#include "search/root_input.h"

#include <array>
#include <set>

#include "fuzzing.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 12> roots = {"rHm", "$rk", "qwl", "Amn", "rdd",  "smw",
                                                             "Alh", "ktb", "xyr", "wDE", "Qx~1", "شرك"};
  static const search::RootFinder finder(roots);
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto found = refused_or([&] { return finder.find(typed); });
  if (!found) return 0;
  std::set<std::size_t> seen;
  search::RootMatch before = search::RootMatch::exact;
  for (const search::RootCandidate& candidate : *found) {
    FUZZ_CHECK(candidate.root < roots.size() && seen.insert(candidate.root).second);
    FUZZ_CHECK(candidate.match >= before && !search::name(candidate.match).empty());
    before = candidate.match;
  }
  const auto same = std::find(roots.begin(), roots.end(), typed);
  if (same != roots.end()) {
    FUZZ_CHECK(!found->empty());
    const search::RootCandidate wanted{static_cast<std::size_t>(same - roots.begin()),
                                       search::RootMatch::exact};
    FUZZ_CHECK((*found)[0] == wanted);
  }
  return 0;
}
