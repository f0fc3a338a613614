// A strict reader of data files in XML that are all elements and attributes. What is XML and what is not is expat's
// business; refused besides, so that a file means what it seems to mean and costs no more than its size:
// document type declarations (so that nothing is ever expanded or fetched), CDATA, text between tags other than white
// space, elements nested deeper than max_depth and elements of more than max_attributes.
//
// SourceFile has made the text UTF-8, so what an XML declaration says of its encoding does not count.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/source_file.h"

namespace kalima::importers {

// For one thread at a time.
class XmlReader {
 public:
  enum class Event { start, end, finished };
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  static constexpr std::size_t max_depth = 16;
  static constexpr std::size_t max_attributes = 64;

  // `file` must outlive the reader. Throws Error(bad_input) when it has 2 GiB or more.
  explicit XmlReader(const SourceFile& file);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // Goes on to the next tag. <a/> is a start and an end. Throws Error(bad_input) "FILE:LINE:COLUMN: …"; not to be
  // called after that, or after Event::finished.
  Event next();

  // Of the tag that next() read: its name; attributes of a start, in order, entities replaced, white space as
  // blanks; the 1-based line at which it begins.
  std::string_view name() const;
  const Attributes& attributes() const;
  std::size_t line() const;
  // The attribute's value; nullptr when it is not there.
  const std::string* attribute(std::string_view name) const;

 private:
  class Parser;  // which knows expat
  std::unique_ptr<Parser> parser_;
};

}  // namespace kalima::importers
