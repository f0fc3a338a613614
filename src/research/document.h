// A document as it is kept, and as clients of /api/v1 and the commands see it: the plain document,
//   {"id", "kind", "anchor", "words", the fields of its type, "created", "modified", "version", "more"}
// `more` has the members that the type does not know, or whose value has another type than it says: nothing that somebody wrote
// is lost. `words` are those of the anchor in the corpus as it is now.
//
// An id is SURAH:AYAH:NAME for a document of a verse, SURAH:AYAH for its connections, and the name of a tag or pattern. Names
// are unique in their list: a document without one, or with one that an address cannot have or another document of the list has, is
// called @ and its place, from 1.
//
// Threads: values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/columns/core_file.h"
#include "research/anchor.h"
#include "research/document_types.h"
#include "support/json.h"

namespace kalima::research {

struct Document {
  const DocumentType* type = nullptr;
  std::string id;
  json::Value kept;  // an object
  std::string version;
  std::optional<Anchor> anchor;
  std::string key = {};  // of the registry, as a list of all documents has it
};

// The names of the documents of a list, whose own ids may be anything.
std::vector<std::string> names_of(const json::Array& documents);
// Of the registry: by the keys of a section.
std::vector<std::string> names_of(const json::Object& section);

struct ParsedId {
  std::optional<corpus::VersePlace> verse;
  std::string name;
};
// nullopt if no document of the type can have it.
std::optional<ParsedId> parse_id(const DocumentType& type, std::string_view id);
std::string id_of(const DocumentType& type, std::optional<corpus::VersePlace> verse, std::string_view name);
// Whether a client may choose it as a name.
bool is_name(std::string_view name);

// `kept` is an object.
Document document_of(const DocumentType& type, std::optional<corpus::VersePlace> verse, std::string_view name,
                     json::Value kept);
std::string version_of(const json::Value& kept);
json::Value plain_document(const Document& document, const columns::CoreFile& core);

// A member that is a text; empty for any other.
std::string_view text_member(const json::Value& object, std::string_view name);

// Whether a history entry's changes (store/research_edit.h) changed the document with this name in its list.
bool is_about(const DocumentType& type, std::string_view name, const json::Value& changes);

// What a client sends, checked against the type. The members of an answer that say nothing new (`kind`, `words`, `version` …) may be
// there. Throws Error(bad_input), which names the member.
struct Draft {
  std::string name;              // chosen by the client; empty: none
  std::optional<Anchor> anchor;  // nullopt: not given
  json::Object fields, more;     // without nulls
};
Draft read_draft(const DocumentType& type, const json::Value& body);

// A new document with the name `draft.name` at `anchor`, or what a present one becomes. `now`: local time.
json::Value made_document(const DocumentType& type, const Draft& draft, const std::optional<Anchor>& anchor,
                          std::string_view now);
json::Value replaced_document(const Document& present, const Draft& draft, std::string_view now);

}  // namespace kalima::research
