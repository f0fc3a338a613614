// query/syntax: a text is refused with a place inside it, or its tree is written and read back as the same tree.
//
// libFuzzer: -max_len=2048
#include "fuzzing.h"
#include "query/syntax/parser.h"
#include "query/syntax/printer.h"
#include "support/utf8.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string printed;
  try {
    printed = query::print(query::parse(text));
  } catch (const query::QueryError& e) {
    FUZZ_CHECK(e.code() != ErrorCode::internal);
    FUZZ_CHECK(e.complaint().place.begin <= text.size());
    FUZZ_CHECK(!e.shown().empty());
    return 0;
  }
  FUZZ_CHECK(utf8::valid(printed));
  // Signs that are written out may make it too long.
  if (printed.size() <= query::max_query) FUZZ_CHECK(query::print(query::parse(printed)) == printed);
  return 0;
}
