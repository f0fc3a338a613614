// Reads the rows of one table verse by verse, in the order of the verses.
#pragma once

#include <cstdint>
#include <string_view>

#include "store/sqlite.h"

namespace kalima::store {

// Threads: like the connection.
class RowsByVerse {
 public:
  // `sql` selects the number of the verse first, for verses that are at least its first parameter and less than its
  // second, ordered by it.
  RowsByVerse(const Connection& connection, std::string_view sql, std::int64_t from, std::int64_t to)
      : statement_(connection, sql) {
    statement_.bind(0, from).bind(1, to);
    advance();
  }

  // Calls `visit` with the Statement at each row of a verse. Verses are asked for in ascending order.
  template <typename Visit>
  void rows_of(std::int64_t verse, Visit visit) {
    while (more_ && statement_.integer(0) < verse) advance();
    while (more_ && statement_.integer(0) == verse) {
      visit(statement_);
      advance();
    }
  }

 private:
  void advance() { more_ = statement_.step(); }
  Statement statement_;
  bool more_ = false;
};

}  // namespace kalima::store
