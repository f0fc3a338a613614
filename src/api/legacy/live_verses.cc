#include "api/legacy/live_verses.h"

#include <algorithm>
#include <mutex>

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "store/corpus_reader.h"

namespace kalima::api::legacy {

VerseText LiveVerses::verse(std::size_t number) const {
  if (changed_[number].load(std::memory_order_acquire)) {
    const std::shared_lock lock(mutex_);
    const auto& text = texts_.at(number);
    return {*text, text};
  }
  return {snapshot_.json(number), nullptr};
}

bool LiveVerses::unchanged(std::size_t from, std::size_t to) const {
  return std::none_of(
      changed_.begin() + static_cast<std::ptrdiff_t>(from),
      changed_.begin() + static_cast<std::ptrdiff_t>(to),
      [](const std::atomic<bool>& changed) { return changed.load(std::memory_order_acquire); });
}

VerseText LiveVerses::follow(const store::Connection& database, std::int64_t verse) {
  const auto number = static_cast<std::size_t>(verse);
  VerseText before = this->verse(number);
  // Words do not change, and reading them again would be most of the work of a write.
  replace(number,
          with_research(before.json, store::load_research(database, verse), odd_research(database, verse)));
  return before;
}

void LiveVerses::replace(std::size_t number, std::string json) {
  auto text = std::make_shared<const std::string>(std::move(json));
  {
    const std::unique_lock lock(mutex_);
    texts_[number].swap(text);
  }
  changed_[number].store(true, std::memory_order_release);
}

}  // namespace kalima::api::legacy
