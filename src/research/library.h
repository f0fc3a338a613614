// All documents, in memory: lists of them by what they say, and by the words in them. Kept up to date by what was written since, through whichever
// interface and by whichever process.
//
// Threads: any, all at once. A Listing stays as it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/columns/core_file.h"
#include "research/document.h"
#include "research/note_words.h"
#include "store/corpus_reader.h"

namespace kalima::research {

// A document with what lists are chosen and sorted by.
struct Entry {
  const DocumentType* type = nullptr;
  std::string id, key, kept;           // `key`: of the registry; `kept`: JSON
  std::optional<std::uint32_t> verse;  // its number in the corpus
  std::optional<Anchor> anchor;
  std::string created, modified;               // "" if it is not known
  std::string kind, status, author, language;  // `kind`: its field `type`, or `target_type`
  std::vector<std::string> tags;
  bool marked = false;          // its words were others in the corpus that it came from
  std::vector<NoteWord> words;  // of its fields that are searched
  bool unreadable = false;      // damaged in the database: only its type, id and verse are known
};
// Throws Error(damaged) for one that is unreadable.
void require_readable(const Entry& entry);
using Entries = std::vector<std::shared_ptr<const Entry>>;

enum class Order : std::uint8_t { place, created, created_descending, modified, modified_descending };
inline constexpr std::string_view order_names[] = {"place", "created", "-created", "modified", "-modified"};

struct Wanted {
  std::vector<const DocumentType*> types;                                   // empty: all
  std::optional<std::pair<corpus::VersePlace, corpus::VersePlace>> verses;  // [first, second)
  std::string type, status, author, language, tag;                          // empty: any
  std::optional<bool> marked;
  bool starter = true;       // also the translations that come with the program, as they came
  std::string since, until;  // the beginnings of the times of the last change: "2026-11", both included
  std::string text;          // what parse_note_query() takes; empty: anything
  Order order = Order::place;
  std::string after;  // `next` of the page before
  std::size_t limit = 100;
};

struct Listing {
  Entries entries;
  std::size_t total = 0;
  std::size_t starter_left_out = 0;  // of those that are wanted otherwise
  // Of the types and verses that are wanted; whatever else is wanted, it is not known whether they have it. In no other
  // number.
  Entries unreadable;
  std::string next;  // empty: that was all
};

class Library {
 public:
  // `core` must outlive it.
  explicit Library(const columns::CoreFile& core) : core_(core) {}

  // Throws Error(bad_input) for an `after` that no page has, or a `text` that is not a query.
  Listing list(const store::CorpusReader& reader, const Wanted& wanted);
  // nullptr if there is no such document.
  std::shared_ptr<const Entry> find(const store::CorpusReader& reader, const DocumentType& type,
                                    std::string_view id);

  // Throws Error(damaged) for one that is unreadable.
  Document document(const Entry& entry) const;

  // All, as they are now: by verse, then those of the registry. Reads what was written since the last call.
  std::shared_ptr<const Entries> now(const store::CorpusReader& reader);

 private:
  const columns::CoreFile& core_;
  NoteWords words_;
  std::mutex mutex_;
  bool made_ = false;
  store::Revision revision_;
  std::shared_ptr<const Entries> entries_ = std::make_shared<const Entries>();
};

}  // namespace kalima::research
