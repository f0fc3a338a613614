// What a segment's line implies when no attribute says otherwise; writer and reader of CoNLL-U share it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "conllu/format.h"

namespace kalima::conllu {

// "prefix", "stem" or "suffix", as the features begin; none for other features or none.
std::optional<std::string> expected_type(const std::optional<std::string>& features);
// The column XPOS; none when it is empty.
std::optional<std::string> expected_tag(const Line& line);
// "WORD.SEGMENT"; `segment` is the 0-based place in the word.
std::string expected_id(std::int64_t word_id, std::size_t segment);

}  // namespace kalima::conllu
