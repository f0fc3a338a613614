#include "query/plan/names.h"

#include "support/nearest.h"

namespace kalima::query {

std::string cure_of_missing(std::string_view name, const std::vector<std::string>& known) {
  std::string cure = did_you_mean(nearest(name, {known.begin(), known.end()}));
  return cure.empty() ? "if it was renamed or removed, write its new name, or undo that" : cure;
}

}  // namespace kalima::query
