// A strict reader of the small part of XML 1.0 that data files of elements and attributes use: start and end
// tags, attributes in either kind of quotes, the five named entities and character references, comments,
// processing instructions, a byte order mark before them (SourceFile drops it).
//
// What is refused, with the line: document type declarations (so nothing is ever expanded or fetched), CDATA,
// text between tags other than white space, whatever is not well-formed, and elements nested deeper than 16.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/source_file.h"

namespace kalima::importers {

class XmlReader {
 public:
  enum class Event { start, end, finished };
  using Attributes = std::vector<std::pair<std::string_view, std::string>>;

  // `file` must outlive the reader.
  explicit XmlReader(const SourceFile& file) : file_(file), text_(file.text()) {}

  // Goes on to the next tag. <a/> is a start and an end. Throws Error(bad_input) "FILE:LINE: …".
  Event next();

  // Of the tag that next() read: its name; attributes of a start, in order, entities replaced, white space as
  // blanks; the 1-based line at which it begins.
  std::string_view name() const { return name_; }
  const Attributes& attributes() const { return attributes_; }
  std::size_t line() const { return tag_line_; }
  // The attribute's value; nullptr when it is not there.
  const std::string* attribute(std::string_view name) const;
  // Bytes read so far.
  std::size_t offset() const { return at_; }

 private:
  [[noreturn]] void fail(const std::string& message) const { file_.fail(line_, message); }
  bool at(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  void skip_space();
  void skip_past(std::string_view end, std::string_view what);
  std::string_view read_name();
  std::string read_value();
  char32_t read_reference();
  Event read_start();
  Event read_end();

  const SourceFile& file_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1, tag_line_ = 0;
  std::vector<std::string_view> open_;
  bool seen_root_ = false;
  bool end_pending_ = false;  // the end of <a/> is still to be told
  std::string_view name_;
  Attributes attributes_;
};

}  // namespace kalima::importers
