// The documents of one type that are kept together, a list of a verse or a section of the registry, within an edit: found by
// their names (document.h) without reading the others.
//
// Threads: those of the edit, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "research/document_types.h"
#include "store/research_edit.h"
#include "support/json.h"

namespace kalima::research {

class Shelf {
 public:
  struct Slot {
    std::int64_t place = 0;  // in a list
    std::string key;         // in the registry
  };

  Shelf(store::ResearchEdit& edit, const DocumentType& type) : edit_(edit), type_(type) {}

  // A document with this name that is an object.
  std::optional<Slot> find(std::string_view name) const;
  // The same document, in a list.
  bool has_same(const json::Value& document) const;
  // Whether a document has this name or id, also one that is not found by it.
  bool has_id(std::string_view name) const;
  json::Value document(const Slot& slot) const;
  // Throws Error(too_large) if no more may be added.
  void require_room() const;

  // `name`: of the registry the key, otherwise what the document says itself.
  void add(std::string_view name, const json::Value& document);
  void replace(const Slot& slot, const json::Value& document);
  void erase(const Slot& slot);

 private:
  store::ResearchEdit& edit_;
  const DocumentType& type_;
};

}  // namespace kalima::research
