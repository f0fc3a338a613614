// store/cells: any text reads as cells, and cells come back from their text.
#include "store/cells.h"

#include "fuzzing.h"

using namespace kalima;
using namespace kalima::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  // As the database may have it.
  const std::vector<std::string> read = store::cells_from_text(text);
  FUZZ_CHECK(read.size() == 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\t')));
  FUZZ_CHECK(store::cells_from_text(store::cells_to_text(read)) == read);

  // As a file may have it: cells of any bytes.
  std::vector<std::string> cells(1);
  for (const char c : text) c == '\xFF' ? static_cast<void>(cells.emplace_back()) : cells.back().push_back(c);
  const std::string written = store::cells_to_text(cells);
  FUZZ_CHECK(written.find('\n') == std::string::npos);
  FUZZ_CHECK(store::cells_from_text(written) == cells);
  std::vector<std::string> reused(3, "left over");
  store::cells_from_text(written, reused);
  FUZZ_CHECK(reused == cells);
  return 0;
}
