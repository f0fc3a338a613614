// The one table of what people write: which types of documents there are, where they are kept and what is in them. The
// routes, their description, the commands, search, export and import are made from it.
//
// Threads: constant data.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "corpus/verse.h"

namespace kalima::research {

struct DocumentField {
  enum class Kind : std::uint8_t { text, texts, any };

  std::string_view name;  // of the plain document, and of the member that keeps it
  Kind kind = Kind::text;
  std::string_view meaning = {};
  // What a new document has if nothing is given, as JSON; without it, no such member.
  std::string_view initial = {};
  bool searched = false;  // its words; of `any`, those of the members `note` inside
};

// The field that marks a document whose words were others in the corpus that it came from.
inline constexpr std::string_view former_words_member = "former_words";

// Which members say where a document belongs, beside the verse that it is kept with. `anchor` (anchor.h) says it if these
// cannot.
enum class AnchorForm : std::uint8_t {
  none,    // it belongs to no place
  verse,   // to the verse
  tokens,  // `target_token_ids` lists the words; `scope` is verse, token or span
  target,  // `target_id` is a word, SURAH:AYAH:WORD; `target_meta` may have a `token_id`
  token,   // `token_id` is the word
};

struct DocumentType {
  std::string_view name, plural;             // "annotation"; "annotations" in addresses
  std::string_view title, meaning;           // "Annotation"; a phrase
  std::optional<corpus::ResearchKind> kind;  // of a verse's documents; nullopt: one of the registry's
  std::string_view section;                  // of the registry
  std::string_view id_prefix;                // of the ids of new documents; empty: it needs one, or has none
  AnchorForm anchor;
  std::span<const DocumentField> fields;
  std::string_view created, modified;  // the members with its times
  std::string_view motivation;         // of a Web Annotation; empty: not written as one
  // What queries write before its name; 0: they cannot name it. Names are unique among all types of a sign, and may change.
  char sign = 0;

  // A verse has at most one.
  bool single() const { return kind && !corpus::is_list(*kind); }
};

std::span<const DocumentType> document_types();
// By its name or plural; nullptr if there is no such type.
const DocumentType* find_document_type(std::string_view name);

}  // namespace kalima::research
