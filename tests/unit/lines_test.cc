#include "support/lines.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace kalima;

namespace {

// "NUMBER LINE", with "~" after a line that does not end and "." after the last.
std::vector<std::string> all(std::string_view text, LineEnds ends = LineEnds::lf_or_crlf) {
  std::vector<std::string> found;
  for (Lines lines(text, ends); lines.next();) {
    found.push_back(std::to_string(lines.number()) + " " + std::string(lines.line()) +
                    (lines.complete() ? "" : "~") + (lines.last() ? "." : ""));
  }
  return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("lines end in LF or CRLF, the last need not") {
  CHECK(all("").empty());
  CHECK(all("a") == Found{"1 a~."});
  CHECK(all("a\n") == Found{"1 a."});
  CHECK(all("a\r\n\r\nb\n") == Found{"1 a", "2 ", "3 b."});
  CHECK(all("\n\n") == Found{"1 ", "2 ."});
  CHECK(all("a\nb\r") == Found{"1 a", "2 b~."});
  CHECK(all("a\rb\n") == Found{"1 a\rb."});
}

TEST_CASE("a CR may belong to the line") {
  CHECK(all("a\r\nb\r", LineEnds::lf) == Found{"1 a\r", "2 b\r~."});
}

TEST_CASE("the offset is that after the line's end") {
  Lines lines("ab\r\nc");
  CHECK(lines.number() == 0);
  CHECK(lines.offset() == 0);
  REQUIRE(lines.next());
  CHECK(lines.offset() == 4);
  REQUIRE(lines.next());
  CHECK(lines.offset() == 5);
  CHECK_FALSE(lines.next());
  CHECK(lines.number() == 2);
}
