#include "conllu/segment_rules.h"

#include <fmt/format.h>

#include "corpus/features.h"

namespace kalima::conllu {

std::optional<std::string> expected_type(const std::optional<std::string>& features) {
  if (!features) return std::nullopt;
  const auto type = corpus::read_features(*features).type;
  if (!type) return std::nullopt;
  return std::string(attributes::value(*type).name);
}

std::optional<std::string> expected_tag(const Line& line) {
  if (line.xpos.empty()) return std::nullopt;
  return line.xpos;
}

std::string expected_id(std::int64_t word_id, std::size_t segment) {
  return fmt::format("{}.{}", word_id, segment + 1);
}

}  // namespace kalima::conllu
