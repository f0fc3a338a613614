// Changes to research documents, tags and patterns: one Edit is one transaction and one entry of the history.
//
// A history entry's `changes` is a JSON list of what was done, in order:
//   {"kind": "annotations", "position": 2, "before": {...} or null, "after": {...} or null}   a document of a verse
//   {"kind": "translations", "before": [...] or null, "after": [...]}                         a whole list, or
//                                                                                             connections
//   {"kind": "tags", "name": "x", "before": ..., "after": ...}                                a tag or pattern
// `before` is null for something added, `after` for something removed. Positions are 0-based. The first document of a
// list that was missing has "new_list": true; if it is undone, the list goes too, unless it has got other documents.
// Schema version 2 wrote {"kind": "annotations", "replaced": "?"} instead, where the corpus file had a value that is not
// a list.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/verse.h"
#include "store/sqlite.h"
#include "support/json.h"

namespace kalima::store {

class ResearchEdit {
 public:
  // `verse` is the verse that is edited; nullopt for tags and patterns.
  ResearchEdit(Connection& connection, std::optional<std::int64_t> verse)
      : connection_(connection), verse_(verse) {}

  // The documents of the verse's list (connections: at most one object); nullopt if it has no such list.
  std::optional<json::Array> list(corpus::ResearchKind kind) const;
  // Changes to a list; a missing list is created.
  void insert(corpus::ResearchKind kind, std::size_t position, const json::Value& document);
  void replace(corpus::ResearchKind kind, std::size_t position, const json::Value& document);
  void erase(corpus::ResearchKind kind, std::size_t position);
  void set_list(corpus::ResearchKind kind, const json::Array& documents);
  // Creates an empty list if it is missing.
  void ensure_list(corpus::ResearchKind kind);

  std::optional<json::Value> registry_entry(std::string_view section, std::string_view name) const;
  json::Value registry_section(std::string_view section) const;
  // Sets an entry or, with nullopt, removes it.
  void set_registry_entry(std::string_view section, std::string_view name,
                          const std::optional<json::Value>& document);

  // Takes back what a history entry did. Throws Error(conflict) if something of it was changed since,
  // Error(bad_input) if an edit of this verse cannot make `changes`.
  void undo(const json::Array& changes);

  bool changed() const { return !changes_.empty(); }
  const json::Array& changes() const { return changes_; }

 private:
  // False if it is there already.
  bool make_list(corpus::ResearchKind kind);
  void remove_list(corpus::ResearchKind kind);
  void write_list(corpus::ResearchKind kind, const json::Array& documents);
  void require_known(const json::Array& changes) const;
  void require_free_ids(const json::Array& changes) const;
  void undo_one(const json::Value& change);
  void undo_document(corpus::ResearchKind kind, const json::Value& change);
  void undo_list(corpus::ResearchKind kind, const json::Value& change);

  Connection& connection_;
  std::optional<std::int64_t> verse_;
  json::Array changes_;
};

}  // namespace kalima::store
