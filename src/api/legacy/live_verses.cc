#include "api/legacy/live_verses.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "support/error.h"
#include "support/log.h"

namespace kalima::api::legacy {

struct LiveVerses::Rendered {
  std::shared_ptr<const std::string> text;  // nullptr if it cannot be read
  WrittenResearch state;                    // without lists

  // Beside other verses: without what cannot be read, which must not keep anybody from the others.
  VerseText shown() const {
    if (text == nullptr) refuse();
    return {*text, text};
  }
  VerseText whole() const {
    if (state.unreadable) refuse();
    return shown();
  }

 private:
  [[noreturn]] static void refuse() {
    throw Error(ErrorCode::damaged,
                "the database is damaged: what was written about this verse cannot be read",
                "restore a backup, or undo the change");
  }
};

struct LiveVerses::Changed {
  std::mutex rendering;  // one at a time: the text may be large
  std::uint64_t changes = 0;
  std::shared_ptr<const Rendered> now;  // nullptr until somebody reads it
};

LiveVerses::LiveVerses(const Snapshot& snapshot, Read read)
    : snapshot_(snapshot), read_(std::move(read)), changed_(snapshot.verse_count()) {}

LiveVerses::~LiveVerses() = default;

VerseText LiveVerses::verse(std::size_t number) const {
  if (changed_[number].load(std::memory_order_acquire)) return rendered(number)->shown();
  return {snapshot_.json(number), nullptr};
}

VerseText LiveVerses::whole_verse(std::size_t number) const {
  if (changed_[number].load(std::memory_order_acquire)) return rendered(number)->whole();
  return {snapshot_.json(number), nullptr};
}

LiveVerses::Written LiveVerses::written(std::size_t number, corpus::ResearchKind kind) const {
  const auto index = static_cast<std::size_t>(kind);
  if (!changed_[number].load(std::memory_order_acquire)) {
    WrittenResearch state;
    read_([&](const store::CorpusReader& reader) {
      state = read_state(reader, static_cast<std::int64_t>(number));
    });
    // Another program may have written since; that is noticed a little later.
    if (state.latest <= snapshot_.revision())
      return {{snapshot_.json(number), nullptr}, std::move(state.tags[index])};
    const Rendered now = render(number);
    return {now.whole(), now.state.tags[index]};
  }
  const auto now = rendered(number);
  return {now->whole(), now->state.tags[index]};
}

bool LiveVerses::unchanged(std::size_t from, std::size_t to) const {
  return std::none_of(
      changed_.begin() + static_cast<std::ptrdiff_t>(from),
      changed_.begin() + static_cast<std::ptrdiff_t>(to),
      [](const std::atomic<bool>& changed) { return changed.load(std::memory_order_acquire); });
}

VerseText LiveVerses::follow(std::int64_t verse) {
  const auto number = static_cast<std::size_t>(verse);
  // A damaged database names any verse.
  if (number >= changed_.size()) return {};
  const std::unique_lock lock(mutex_);
  std::shared_ptr<Changed>& changed = by_number_[number];
  const bool first = changed == nullptr;
  VerseText before;
  if (first) {
    changed = std::make_shared<Changed>();
  } else if (changed->now != nullptr && changed->now->text != nullptr) {
    before = changed->now->shown();
  }
  ++changed->changes;
  changed->now = nullptr;
  changed_[number].store(true, std::memory_order_release);
  if (!first) return before;
  try {
    return {snapshot_.json(number), nullptr};
  } catch (const Error& e) {
    // What was written is written. No answer has a text that cannot be read.
    if (e.code() != ErrorCode::unavailable) throw;
    return {};
  }
}

std::shared_ptr<const LiveVerses::Rendered> LiveVerses::rendered(std::size_t number) const {
  std::shared_ptr<Changed> changed;
  {
    const std::shared_lock lock(mutex_);
    changed = by_number_.at(number);
    if (changed->now != nullptr) return changed->now;
  }
  const std::lock_guard one(changed->rendering);
  std::uint64_t changes = 0;
  {
    const std::shared_lock lock(mutex_);
    if (changed->now != nullptr) return changed->now;
    changes = changed->changes;
  }
  auto made = std::make_shared<const Rendered>(render(number));
  const std::unique_lock lock(mutex_);
  // What was written in the meantime is for the next reader.
  if (changed->changes == changes) changed->now = made;
  return made;
}

LiveVerses::Rendered LiveVerses::render(std::size_t number) const {
  Rendered out;
  try {
    read_([&](const store::CorpusReader& reader) {
      out.state = read_research(reader, static_cast<std::int64_t>(number));
    });
    // Words do not change, and reading them again would be most of the work.
    out.text = std::make_shared<const std::string>(
        with_research(snapshot_.json(number), out.state.lists, out.state.odd));
    if (out.state.unreadable) {
      log::error("verse {}:{}: the database is damaged: a document cannot be read; lists leave it out",
                 snapshot_.verse(number).surah, snapshot_.verse(number).ayah);
    }
  } catch (const Error& e) {  // whoever asks for this verse is told; the others can be read
    if (e.code() != ErrorCode::damaged) throw;
    log::error("verse {}:{}: {}", snapshot_.verse(number).surah, snapshot_.verse(number).ayah, e.what());
  }
  out.state.lists.clear();
  out.state.lists.shrink_to_fit();
  return out;
}

}  // namespace kalima::api::legacy
