#include "api/legacy/live_verses.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "api/legacy/verses/layout_tables.h"
#include "api/legacy/verses/verse_json.h"
#include "store/corpus_reader.h"
#include "support/error.h"
#include "support/log.h"

namespace kalima::api::legacy {

VerseText LiveVerses::verse(std::size_t number) const {
  if (changed_[number].load(std::memory_order_acquire)) {
    const std::shared_lock lock(mutex_);
    const auto& text = texts_.at(number);
    if (text == nullptr) {
      throw Error(ErrorCode::damaged,
                  "the database is damaged: what was written about this verse cannot be read",
                  "restore a backup, or undo the change");
    }
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
  // A damaged database names any verse.
  if (number >= changed_.size()) return {};
  VerseText before = latest(number);
  try {
    // Words do not change, and reading them again would be most of the work of a write.
    replace(number, std::make_shared<const std::string>(with_research(
                        before.json, store::load_research(database, verse), odd_research(database, verse))));
  } catch (const Error& e) {  // whoever asks for this verse is told; what is written about others goes on
    if (e.code() != ErrorCode::damaged) throw;
    log::error("verse {}:{}: {}", snapshot_.verse(number).surah, snapshot_.verse(number).ayah, e.what());
    replace(number, nullptr);
  }
  return before;
}

VerseText LiveVerses::latest(std::size_t number) const {
  const std::shared_lock lock(mutex_);
  const auto found = texts_.find(number);
  if (found == texts_.end() || found->second == nullptr) return {snapshot_.json(number), nullptr};
  return {*found->second, found->second};
}

void LiveVerses::replace(std::size_t number, std::shared_ptr<const std::string> text) {
  {
    const std::unique_lock lock(mutex_);
    texts_[number].swap(text);
  }
  changed_[number].store(true, std::memory_order_release);
}

}  // namespace kalima::api::legacy
