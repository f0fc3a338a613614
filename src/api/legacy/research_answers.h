// The old API's answers about what users wrote on a verse, and the ETag with which a client says which state
// it has seen.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/legacy/live_verses.h"
#include "corpus/verse.h"
#include "support/json.h"

namespace kalima::api::legacy {

// The current verse as a JSON value.
json::Value verse_value(const LiveVerses& verses, std::size_t verse);

// The verse's list of a kind (for connections the object), or the empty one.
std::string list_answer(const LiveVerses& verses, std::size_t verse, corpus::ResearchKind kind);
// Pronouns found in the verse, references to them, hypotheses about them.
std::string pronouns_answer(const LiveVerses& verses, std::size_t verse);

// The pronoun segments (and pronoun words) of a verse: {pronoun_id, token_id, segment_id, form, ...}.
json::Array pronouns_of(const json::Value& verse);

std::string entity_tag(std::string_view answer);

}  // namespace kalima::api::legacy
