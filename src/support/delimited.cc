#include "support/delimited.h"

#include <utility>

#include "support/error.h"

namespace kalima::delimited {

Reader::Reader(Pieces pieces, char separator, Quotes quotes)
    : pieces_(std::move(pieces)), separator_(separator), quotes_(quotes) {}

// Whether more text was there, after all of the current piece was read.
bool Reader::next_piece() {
  const auto piece = pieces_();
  if (!piece) return false;
  before_ += text_.size();
  text_ = *piece;
  at_ = std::exchange(first_, false) && text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  return true;
}

bool Reader::at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

void Reader::skip_line_end() {
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

// Reads what is in quotes, up to and with the closing one. Only within quotes a record goes on in the next piece: any other
// line end is its end.
// As a line may have in the largest tables: a quote that is never closed makes the rest of a file one field.
constexpr std::size_t max_quoted = 16U << 20;

void Reader::read_quoted(std::string& field) {
  const std::size_t opened = line_;
  for (++at_;;) {
    while (at_ >= text_.size()) {
      if (!next_piece())
        throw Error(ErrorCode::bad_input, "a quoted field is not closed", {}, {.line = opened});
    }
    if (text_[at_] == '"') {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
      ++at_;
    } else if (text_[at_] == '\n' || (text_[at_] == '\r' && !text_.substr(at_ + 1).starts_with('\n'))) {
      ++line_;
    }
    if (field.size() == max_quoted)
      throw Error(ErrorCode::bad_input, "a quoted field of more than 16 MiB", "is its quote closed?",
                  {.line = opened});
    field.push_back(text_[at_++]);
  }
  ++at_;
}

// Reads one field and the separator or line end after it; true if the record continues.
bool Reader::read_field(std::string& field) {
  if (quotes_ == Quotes::honoured && at_ < text_.size() && text_[at_] == '"') read_quoted(field);
  const std::size_t start = at_;
  while (at_ < text_.size() && text_[at_] != separator_ && !at_line_end()) ++at_;
  field.append(text_.substr(start, at_ - start));
  if (at_ >= text_.size()) return false;
  if (text_[at_] == separator_) {
    ++at_;
    return true;
  }
  skip_line_end();
  return false;
}

bool Reader::next(std::vector<std::string>& fields) {
  for (;;) {
    while (at_ < text_.size() && at_line_end()) skip_line_end();
    if (at_ < text_.size()) break;
    if (!next_piece()) return false;
  }
  record_line_ = line_;
  std::size_t count = 0;
  for (bool more = true; more;) {
    if (count == fields.size()) fields.emplace_back();
    fields[count].clear();
    more = read_field(fields[count++]);
  }
  fields.resize(count);
  return true;
}

void write(const std::vector<std::string>& fields, char separator, std::string& out) {
  bool first = true;
  for (const std::string& field : fields) {
    if (!first) out += separator;
    first = false;
    // A single empty field would be an empty line, which is not a record; a byte order mark could be at the
    // file's start, where it would be skipped.
    const bool plain = field.find_first_of(std::string("\"\r\n") + separator) == std::string::npos &&
                       !(field.empty() && fields.size() == 1) && !field.starts_with("\xEF\xBB\xBF");
    if (plain) {
      out += field;
      continue;
    }
    out += '"';
    for (const char c : field) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += "\r\n";
}

}  // namespace kalima::delimited
