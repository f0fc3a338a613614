// Reading of comma- and tab-separated text (RFC 4180 with the leniencies of common tools): fields may be
// quoted and may then contain separators, doubled quotes and line breaks; lines end in LF, CRLF or CR.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/pieces.h"

namespace kalima::delimited {

enum class Quotes { honoured, plain };

// Threads: one at a time.
class Reader {
 public:
  // A byte order mark at the start is skipped.
  Reader(Pieces pieces, char separator, Quotes quotes);
  // `text` must outlive the reader.
  Reader(std::string_view text, char separator, Quotes quotes) : Reader(one_piece(text), separator, quotes) {}

  // Reads the next record that is not an empty line into `fields`; false at the end. Throws Error(bad_input)
  // with the line where an unclosed quoted field begins.
  bool next(std::vector<std::string>& fields);
  // The 1-based line at which the last record begins.
  std::size_t line() const { return record_line_; }
  // Bytes read so far.
  std::size_t offset() const { return before_ + at_; }

 private:
  bool next_piece();
  void read_quoted(std::string& field);
  bool read_field(std::string& field);
  bool at_line_end() const;
  void skip_line_end();

  Pieces pieces_;
  std::string_view text_;   // the current piece, which ends with a line
  std::size_t before_ = 0;  // bytes before it
  bool first_ = true;
  char separator_;
  Quotes quotes_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 0;
};

// Appends a record with its line end (CRLF, as required by RFC 4180). A field is quoted if it contains the
// separator, a quote or a line break, or begins with a byte order mark.
void write(const std::vector<std::string>& fields, char separator, std::string& out);

}  // namespace kalima::delimited
