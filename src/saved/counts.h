// What a saved query, sub-corpus or list finds: when it is saved, and when it is asked again. Documents keep it in `counts`:
//   {"date", "corpus", "hits", "spans", "words", "verses", "without_span", "names"}
// `names` are those that the query uses, with their versions (names.h).
//
// Threads: pure functions.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "query/query.h"
#include "research/document.h"
#include "saved/names.h"

namespace kalima::saved {

struct Source {
  const query::Engine& engine;
  const std::string& corpus;  // the hash of its content
  std::shared_ptr<const query::Names> names;
  query::Options options;  // deadline, cancellation
};

// The query whose hits are counted for a document: its own, or `[ATTRIBUTE=$NAME]` of a list.
std::string query_of(const research::DocumentType& type, std::string_view name, const json::Value& document);

// Checks a document that is to be written, and puts `counts` into it: those of `before`, which it replaces (nullptr: it is new), if
// it has them still and means the same; null if there was not enough time. A document of another type stays as it is. `name`: of the
// one that it replaces. Throws Error(bad_input), which names the member.
void complete(const research::DocumentType& type, std::string_view name, json::Value& document,
              const json::Value* before, const Source& source);

// The answer to who asks one again:
//   {"id", "kind", "query", "saved", "now", "changed", "partial", "error"}
// `saved` and `now` are counts; `changed` names their members that differ, and names that mean something else. `error` has the
// message of a query that cannot be asked (any more), with its place; then `now` is null.
json::Value asked_again(const research::Document& document, const Source& source);

}  // namespace kalima::saved
