#include "support/delimited.h"

#include "support/error.h"

namespace kalima::delimited {

Reader::Reader(std::string_view text, char separator, Quotes quotes)
    : text_(text), separator_(separator), quotes_(quotes) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

bool Reader::at_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

void Reader::skip_line_end() {
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

// Reads one field and the separator or line end after it; true if the record continues.
bool Reader::read_field(std::string& field) {
  if (quotes_ == Quotes::honoured && at_ < text_.size() && text_[at_] == '"') {
    const std::size_t opened = line_;
    for (++at_;;) {
      if (at_ >= text_.size()) {
        throw Error(ErrorCode::bad_input, "a quoted field is not closed", {}, {.line = opened});
      }
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
        ++at_;
      } else if (text_[at_] == '\n' || (text_[at_] == '\r' && !text_.substr(at_ + 1).starts_with('\n'))) {
        ++line_;
      }
      field.push_back(text_[at_++]);
    }
    ++at_;
  }
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
  while (at_ < text_.size() && at_line_end()) skip_line_end();
  if (at_ >= text_.size()) return false;
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
