// A strict reader of XML data files that consist of elements and attributes. expat decides what is
// well-formed. To keep the meaning of a file plain and its cost proportional to its size, this reader also
// refuses document type declarations (so that nothing is ever expanded or fetched), CDATA, text between tags
// other than white space, elements nested deeper than max_depth, elements of more than max_attributes and tags and comments
// of more than max_tag bytes.
//
// SourceStream has made the text UTF-8, so the encoding of an XML declaration is ignored.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/source_stream.h"

namespace kalima::importers {

// Threads: one at a time.
class XmlReader {
 public:
  enum class Event { start, end, finished };
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  static constexpr std::size_t max_depth = 16;
  static constexpr std::size_t max_attributes = 64;
  static constexpr std::size_t max_tag = 1u << 20;

  // Reads what `file` gives from now on; it must outlive the reader.
  explicit XmlReader(SourceStream& file);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // Moves to the next tag. <a/> is a start and an end. Throws Error(bad_input) "FILE:LINE:COLUMN: …"; do not
  // call it after that, or after Event::finished.
  Event next();

  // Of the tag that next() read: its name; attributes of a start, in order, entities replaced, white space as
  // spaces; the 1-based line at which it begins.
  std::string_view name() const;
  const Attributes& attributes() const;
  std::size_t line() const;
  // The attribute's value; nullptr if it is missing.
  const std::string* attribute(std::string_view name) const;

 private:
  class Parser;  // which knows expat
  std::unique_ptr<Parser> parser_;
};

}  // namespace kalima::importers
