// The rows of one list of research: documents by their place and by their id, without reading the others.
//
// The place of a document is a number from 0 on that only says which of two comes first: what is removed leaves a gap.
// Threads and errors: like the connection.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/verse.h"
#include "store/sqlite.h"
#include "support/json.h"

namespace kalima::store {

// A document's "id", if that is a string.
std::optional<std::string> document_id(const json::Value& document);

class ResearchRows {
 public:
  // The connection must outlive it.
  ResearchRows(const Connection& connection, std::int64_t verse, corpus::ResearchKind kind)
      : connection_(connection), verse_(verse), kind_(corpus::verse_key(kind)) {}

  bool exists() const;
  // How many documents the list has; 0 if it does not exist.
  std::size_t size() const;
  // The place after the last document.
  std::int64_t end() const;
  std::optional<json::Value> at(std::int64_t place) const;
  // All documents, in their order.
  json::Array all() const;
  // The places of the documents with this id (nullopt: whose id is missing or no string), in their order.
  std::vector<std::int64_t> places(const std::optional<std::string>& id) const;

  // Those of all documents.
  std::vector<std::int64_t> places() const;

  // Makes an empty list after the verse's others; false if it exists.
  bool make();
  void remove();
  void clear();
  // Documents from this place on move by one, if it is taken.
  void make_room(std::int64_t place);
  void put(std::int64_t place, const json::Value& document);
  void replace(std::int64_t place, const json::Value& document);
  void erase(std::int64_t place);
  // Notes the entry of the history that changed the list.
  void mark(std::int64_t entry);

 private:
  Statement statement(std::string_view sql) const;
  void add_to_size(std::int64_t documents);

  const Connection& connection_;
  std::int64_t verse_;
  std::string_view kind_;
};

// Identifies the state of some lists of a verse: another one after every change of them, also in other copies of the
// database. 16 hexadecimal digits. Costs the same however long the lists are.
std::string research_tag(const Connection& connection, std::int64_t verse,
                         std::span<const corpus::ResearchKind> kinds);

}  // namespace kalima::store
