// Changes to research documents, tags and patterns: one Edit is one transaction and one entry of the history.
//
// A history entry's `changes` is a JSON list of what was done, in order:
//   {"kind": "annotations", "position": 2, "before": {...} or null, "after": {...} or null}   a document of a verse
//   {"kind": "translations", "before": [...] or null, "after": [...]}                         a whole list, or
//                                                                                             connections
//   {"kind": "tags", "name": "x", "before": ..., "after": ...}                                a tag or pattern
// `before` is null for something added, `after` for something removed. `position` is the document's place in its list (see
// research_rows.h). The first document of a list that was missing has "new_list": true; if it is undone, the list goes
// too, unless it has got other documents.
// Schema version 2 wrote {"kind": "annotations", "replaced": "?"} instead, where the corpus file had a value that is not
// a list.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/verse.h"
#include "store/research_rows.h"
#include "store/sqlite.h"
#include "support/json.h"

namespace kalima::store {

class ResearchEdit {
 public:
  // `verse` is the verse that is edited; nullopt for tags and patterns.
  ResearchEdit(Connection& connection, std::optional<std::int64_t> verse)
      : connection_(connection), verse_(verse) {}

  // An edit of one document costs what that document does, however many others the list has; only list() and
  // set_list() read them all.
  //
  // The documents of the verse's list (connections: at most one object); nullopt if it has no such list.
  std::optional<json::Array> list(corpus::ResearchKind kind) const;
  // How many documents the list has; 0 if it is missing.
  std::size_t size(corpus::ResearchKind kind) const;
  // The places of the documents whose "id" is this string, in their order; often one, or none.
  std::vector<std::int64_t> places(corpus::ResearchKind kind, std::string_view id) const;
  // Those of all documents.
  std::vector<std::int64_t> places(corpus::ResearchKind kind) const;
  std::optional<json::Value> document(corpus::ResearchKind kind, std::int64_t place) const;
  // Identifies the state of lists of the verse: see research_tag.
  std::string tag(std::span<const corpus::ResearchKind> kinds) const;

  // Changes to a list; a missing list is created.
  void append(corpus::ResearchKind kind, const json::Value& document);
  // Of an existing document: throws Error(not_found) if no document has this place.
  void replace(corpus::ResearchKind kind, std::int64_t place, const json::Value& document);
  void erase(corpus::ResearchKind kind, std::int64_t place);
  void set_list(corpus::ResearchKind kind, const json::Array& documents);
  // Removes an existing list, with what is in it.
  void erase_list(corpus::ResearchKind kind);
  // Creates an empty list if it is missing.
  void ensure_list(corpus::ResearchKind kind);

  std::optional<json::Value> registry_entry(std::string_view section, std::string_view name) const;
  // Of the entries of a section, in their order. Reads no entry, so that a damaged one is not in the way of others.
  std::vector<std::string> registry_names(std::string_view section) const;
  // Sets an entry or, with nullopt, removes it.
  void set_registry_entry(std::string_view section, std::string_view name,
                          const std::optional<json::Value>& document);

  // Takes back what a history entry did. Throws Error(conflict) if something of it was changed since,
  // Error(bad_input) if an edit of this verse cannot make `changes`.
  void undo(const json::Array& changes);

  // Notes in the changed lists which entry of the history it is.
  void mark(std::int64_t entry);

  bool changed() const { return !changes_.empty(); }
  const json::Array& changes() const { return changes_; }
  std::optional<std::int64_t> verse() const { return verse_; }

 private:
  ResearchRows rows(corpus::ResearchKind kind) const;
  void put(corpus::ResearchKind kind, std::int64_t place, const json::Value& document);
  // Removes a document of the list.
  void take(corpus::ResearchKind kind, std::int64_t place, json::Value before);
  void note(corpus::ResearchKind kind, json::Value change);
  json::Value present(corpus::ResearchKind kind, std::int64_t place) const;
  // The place of a document that is exactly so: this one if possible.
  std::optional<std::int64_t> place_of(corpus::ResearchKind kind, const json::Value& document,
                                       std::int64_t place) const;
  void require_known(const json::Array& changes) const;
  void require_free_ids(const json::Array& changes) const;
  void undo_one(const json::Value& change);
  void undo_document(corpus::ResearchKind kind, const json::Value& change);
  void undo_list(corpus::ResearchKind kind, const json::Value& change);

  Connection& connection_;
  std::optional<std::int64_t> verse_;
  json::Array changes_;
  std::set<corpus::ResearchKind> changed_kinds_;
};

}  // namespace kalima::store
