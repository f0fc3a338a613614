// The old API's answers about what users wrote on a verse, and the ETag with which a client says which state
// it has seen.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "api/legacy/live_verses.h"
#include "corpus/verse.h"
#include "http/message.h"
#include "support/json.h"

namespace kalima::api::legacy {

// The verse's list of a kind (for connections the object), or the empty one, with its ETag.
http::Response list_answer(const LiveVerses& verses, std::size_t verse, corpus::ResearchKind kind);
// Pronouns found in the verse, references to them, hypotheses about them; with an ETag.
http::Response pronouns_answer(const LiveVerses& verses, std::size_t verse);

// The pronoun segments (and pronoun words) of a verse, which is given as its answer shows it: {pronoun_id, token_id,
// segment_id, form, ...}.
json::Array pronouns_of(std::string_view verse);

// The ETag of an answer: from its text, or from what identifies its state.
std::string entity_tag(std::string_view answer);
std::string quoted_tag(std::string_view tag);

}  // namespace kalima::api::legacy
