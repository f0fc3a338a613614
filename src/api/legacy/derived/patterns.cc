#include "api/legacy/derived/patterns.h"

#include <algorithm>
#include <numeric>

#include "support/json.h"

namespace kalima::api::legacy {

std::uint32_t PatternCollector::add(const std::string& id, const std::string& label, std::size_t verse) {
  const auto [entry, added] = numbers_.emplace(id, static_cast<std::uint32_t>(patterns_.size()));
  if (added) patterns_.push_back({id, label, 0, 0});
  Pattern& pattern = patterns_[entry->second];
  if (pattern.verses == 0 || pattern.last_verse != verse) {
    ++pattern.verses;
    pattern.last_verse = verse;
  }
  return entry->second;
}

PatternCollector::Sorted PatternCollector::sorted(StringListBuilder& strings) const {
  std::vector<std::uint32_t> order(patterns_.size());
  std::iota(order.begin(), order.end(), 0u);
  Sorted out;

  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return patterns_[a].id < patterns_[b].id; });
  out.numbers.resize(order.size());
  for (const std::uint32_t number : order) {
    out.numbers[number] = static_cast<std::uint32_t>(out.rows.size());
    const Pattern& pattern = patterns_[number];
    out.rows.push_back(
        {strings.add(std::string_view(pattern.id)), strings.add(std::string_view(pattern.label))});
  }

  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return patterns_[a].label < patterns_[b].label; });
  out.json = "[";
  for (const std::uint32_t number : order) {
    const Pattern& pattern = patterns_[number];
    if (out.json.size() > 1) out.json += ',';
    out.json += "{\"count\":" + std::to_string(pattern.verses) + ",\"id\":";
    json::write_string(pattern.id, out.json);
    out.json += ",\"label\":";
    json::write_string(pattern.label, out.json);
    out.json += '}';
  }
  out.json += ']';
  return out;
}

}  // namespace kalima::api::legacy
