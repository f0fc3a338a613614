// Values by what people call them: roots and lemmas as other lists write them, surahs in Latin letters. Asked only for what is
// not written so in the corpus.
//
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/plan/values.h"

namespace kalima::query {

// Those that `text` names; empty for none, and for attributes whose values have no other names. A lemma leaves the step of
// spelling at which it was found, a root a note of how it is stored.
ValueIds by_other_name(Resolving& resolving, const attributes::Definition& row, std::string_view text);

// What it might have been, as it can be written in a query; empty where nothing is near.
std::vector<std::string> near_names(const columns::CoreFile& core, const attributes::Definition& row,
                                    std::string_view text);

}  // namespace kalima::query
