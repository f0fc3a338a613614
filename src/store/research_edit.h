// Changes to research documents, tags and patterns: one Edit is one transaction and one entry of the history.
//
// A history entry's `changes` is a JSON list of what was done, in order:
//   {"kind": "annotations", "position": 2, "before": {...} or null, "after": {...} or null}   a document of a verse
//   {"kind": "translations", "before": [...] or null, "after": [...]}                         a whole list, or
//                                                                                             connections
//   {"kind": "annotations", "replaced": "?"}                        a value that was no list and gave way to one
//   {"kind": "tags", "name": "x", "before": ..., "after": ...}                                a tag or pattern
// `before` is null for what was not there, `after` for what is no longer there. Positions are 0-based.
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
  // `verse` is the verse it is about, none for tags and patterns.
  ResearchEdit(Connection& connection, std::optional<std::int64_t> verse)
      : connection_(connection), verse_(verse) {}

  // The documents of the verse's list (connections: at most one object); nothing when it has no such list.
  std::optional<json::Array> list(corpus::ResearchKind kind) const;
  // Changes to a list; one that is not there is made.
  void insert(corpus::ResearchKind kind, std::size_t position, const json::Value& document);
  void replace(corpus::ResearchKind kind, std::size_t position, const json::Value& document);
  void erase(corpus::ResearchKind kind, std::size_t position);
  void set_list(corpus::ResearchKind kind, const json::Array& documents);
  // Makes an empty list where there is none. No entry of the history by itself.
  void ensure_list(corpus::ResearchKind kind);

  std::optional<json::Value> registry_entry(std::string_view section, std::string_view name) const;
  json::Value registry_section(std::string_view section) const;
  // Sets or, with nothing, removes an entry.
  void set_registry_entry(std::string_view section, std::string_view name,
                          const std::optional<json::Value>& document);

  // Takes back what a history entry did. Throws Error(conflict) when something of it was changed since,
  // Error(bad_input) when `changes` are none that an edit of this verse makes.
  void undo(const json::Array& changes);

  bool changed() const { return !changes_.empty() || touched_; }
  const json::Array& changes() const { return changes_; }

 private:
  // `instead`: the value that stands in the list's place then.
  void remove_list(corpus::ResearchKind kind, const json::Value* instead = nullptr);
  void write_list(corpus::ResearchKind kind, const json::Array& documents);
  void require_known(const json::Array& changes) const;
  void require_free_ids(const json::Array& changes) const;
  void undo_one(const json::Value& change);
  void undo_document(corpus::ResearchKind kind, const json::Value& change);
  void undo_list(corpus::ResearchKind kind, const json::Value& change);

  Connection& connection_;
  std::optional<std::int64_t> verse_;
  json::Array changes_;
  bool touched_ = false;
};

}  // namespace kalima::store
