#include "app/import_steps.h"

#include <algorithm>

namespace kalima::app {
namespace {

struct Step {
  std::string_view name;
  double begin, end;
};

// In their order, with the part of the time that each takes for the whole Quran with all published files. A CoNLL-U file has
// sentences in place of the next four.
constexpr Step steps[] = {
    {"sentences", 0.0, 0.50},      {"checking", 0.0, 0.05},      {"verses", 0.05, 0.25},
    {"treebank", 0.25, 0.40},      {"MASAQ", 0.40, 0.50},        {"columns: verses", 0.50, 0.70},
    {"index: verses", 0.70, 0.85}, {"index: terms", 0.85, 0.97},
};

}  // namespace

double progress_of(std::string_view step, std::size_t done, std::size_t whole) {
  const auto* const known = std::ranges::find(steps, step, &Step::name);
  if (known == std::end(steps)) return 0;
  const double part = whole == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(whole));
  return known->begin + (known->end - known->begin) * part;
}

}  // namespace kalima::app
