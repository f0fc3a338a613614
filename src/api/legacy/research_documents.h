// Research documents as the old server made them from what the frontend posts: which members, in which order,
// with which defaults. Pure: the caller provides time and ids.
//
// "or" below is Python's: an empty string, 0, false, an empty list or object count as missing.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "research/limits.h"
#include "support/json.h"

namespace kalima::api::legacy {

using research::document_limits;
using research::max_document_bytes;
using research::max_documents_of_a_list;

// What the caller provides for a document.
struct Stamp {
  std::function<std::string()> now;                            // the time, a little later with each call
  std::function<std::string(std::string_view prefix)> new_id;  // "ev" -> "ev-20261121-072519"
};

// Each throws Error(bad_input) if a member has a wrong type.

// Evidence: `id` or a new one, type (lower-cased) or "supporting", note and verse (trimmed), created_at.
json::Value make_evidence(const json::Value& entry, const Stamp& stamp);
// A hypothesis of POST /api/hypotheses.
json::Value make_hypothesis(const json::Value& body, const Stamp& stamp);
// Changes a hypothesis or a pronoun reference as PUT does: the members `names` that are in the body and not
// null, one more evidence, updated_at.
void update_document(json::Value& document, const json::Value& body,
                     std::initializer_list<std::string_view> names, const Stamp& stamp);

struct PronounDocuments {
  json::Value reference, hypothesis;
};
// A pronoun reference of POST /api/pronouns and the hypothesis that goes with it; `pronouns` are those of the verse.
PronounDocuments make_pronoun_documents(const json::Value& body, const json::Array& pronouns,
                                        const Stamp& stamp);

// The document as posted, with id and created_at if they are missing, and updated_at.
json::Value make_annotation(const json::Value& body, const Stamp& stamp);
// The document as posted, with `next_id` ("tr-N") if the id is missing, and created_at.
json::Value make_translation(const json::Value& body, std::string_view next_id, const Stamp& stamp);

}  // namespace kalima::api::legacy
