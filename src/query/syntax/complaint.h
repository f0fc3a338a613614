// What is wrong with a query, and where.
//
// Threads: values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/error.h"
#include "support/nearest.h"

namespace kalima::query {

// A part of the query's text: bytes [begin, end), 0-based.
struct Place {
  std::size_t begin = 0, end = 0;
};

struct Complaint {
  Place place;
  std::string message;                // without a final period
  std::vector<std::string> expected;  // what is possible there, as a user would write it
  std::string hint;                   // what to write instead; empty when nothing is known
};

// The line of `text` where `place` is, a line with a caret below it, both ending in a line feed; long lines are cut.
std::string with_caret(std::string_view text, Place place);

// Always of ErrorCode::bad_input (too_large for a query beyond a limit). The message names the column in code points,
// and what was expected; the cure is the hint.
class QueryError : public Error {
 public:
  QueryError(std::string_view text, Complaint complaint, ErrorCode code = ErrorCode::bad_input);
  const Complaint& complaint() const { return complaint_; }
  // As with_caret() shows it.
  const std::string& shown() const { return shown_; }

 private:
  Complaint complaint_;
  std::string shown_;
};

}  // namespace kalima::query
