#include "query/run/ends.h"

#include <algorithm>
#include <iterator>

namespace kalima::query {
namespace {

// Looking a place up in a list, and sorting it, costs as much as walking over so many places.
constexpr std::size_t places_of_few = 16;

bool are_few(std::size_t size, const Spans& spans) {
  std::size_t left = size / places_of_few + 1;
  for (const Group& group : spans.groups) {
    if (group.starts.count() >= left) return false;
    left -= group.starts.count();
  }
  return true;
}

template <typename Visit>
void each_span(const Spans& spans, Visit visit) {
  for (const Group& group : spans.groups)
    group.starts.each([&](std::uint32_t start) { visit(start, start + group.length); });
}

void spread_furthest(EndsByStart& list) {
  for (std::size_t i = 1; i < list.size(); ++i) list[i].second = std::max(list[i].second, list[i - 1].second);
}

}  // namespace

FurthestEnds::FurthestEnds(std::size_t size, const Spans& spans) {
  if (are_few(size, spans)) {
    each_span(spans, [&](std::uint32_t start, std::uint32_t end) {
      if (end > start) few_.emplace_back(start, end);
    });
    std::ranges::sort(few_);
    spread_furthest(few_);
    return;
  }
  many_.assign(size + 1, 0);
  each_span(spans, [&](std::uint32_t start, std::uint32_t end) {
    if (end > start) many_[start] = std::max(many_[start], end);
  });
  for (std::size_t i = 1; i < many_.size(); ++i) many_[i] = std::max(many_[i], many_[i - 1]);
}

FurthestEnds::FurthestEnds(EndsByStart ranges) : few_(std::move(ranges)) { spread_furthest(few_); }

std::uint32_t FurthestEnds::at(std::uint32_t place) const {
  if (!many_.empty()) return many_[place];
  const auto after = std::ranges::upper_bound(few_, place, {}, &EndsByStart::value_type::first);
  return after == few_.begin() ? 0 : std::prev(after)->second;
}

SoonestEnds::SoonestEnds(std::size_t size, const Spans& spans) {
  if (are_few(size, spans)) {
    each_span(spans, [&](std::uint32_t start, std::uint32_t end) { few_.emplace_back(start, end); });
    std::ranges::sort(few_);
    for (std::size_t i = few_.size(); i-- > 1;)
      few_[i - 1].second = std::min(few_[i - 1].second, few_[i].second);
    return;
  }
  many_.assign(size + 1, UINT32_MAX);
  each_span(spans,
            [&](std::uint32_t start, std::uint32_t end) { many_[start] = std::min(many_[start], end); });
  for (std::size_t i = size; i-- > 0;) many_[i] = std::min(many_[i], many_[i + 1]);
}

std::uint32_t SoonestEnds::at(std::uint32_t place) const {
  if (!many_.empty()) return many_[place];
  const auto first = std::ranges::lower_bound(few_, place, {}, &EndsByStart::value_type::first);
  return first == few_.end() ? UINT32_MAX : first->second;
}

}  // namespace kalima::query
