// A document of a file that is imported, whatever the form of the file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "research/document.h"
#include "support/json.h"

namespace kalima::research {

struct Incoming {
  std::size_t line = 0;  // of the file, from 1; 0: it is one object
  const DocumentType* type = nullptr;
  std::string id, name;
  std::optional<corpus::VersePlace> verse;
  std::optional<std::string> words;  // of its anchor, as the file has them
  json::Value kept;
  bool is_web_annotation = false;  // which says less than the document may have
};

inline constexpr std::string_view web_context = "http://www.w3.org/ns/anno.jsonld";

// What a document says, apart from its mark and the times at which it was written.
json::Value content_of(const DocumentType& type, json::Value kept);

// True if the file is one of Web Annotations. `file` is UTF-8 without a byte order mark.
bool is_web_annotations(std::string_view file);
// True if it would be one if it named their context, which the standard demands.
bool lacks_web_context(std::string_view file);
// A document that belongs to a place, as a Web Annotation.
json::Value web_annotation(const Document& document, const columns::CoreFile& core);
// Whether `present`, the document of the same id, says what the annotation says, at whatever times they were written.
bool says_the_same(const Document& present, const Incoming& annotation, const columns::CoreFile& core);
// The annotations of an Annotation, an AnnotationPage, an AnnotationCollection with its first page inside, or a list of
// annotations. `now`: local time, for those that say no time. Throws Error(bad_input), which names the annotation by its number,
// from 1.
std::vector<Incoming> read_web_annotations(std::string_view file, std::string_view now);

}  // namespace kalima::research
