#include "index/term_index.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "index/xapian_error.h"
#include "support/error.h"
#include "support/files.h"

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>
#endif

namespace kalima::index {

struct Postings::State {
  std::atomic<bool>& unreadable;
  Xapian::PostingIterator at, end;
  bool started = false;
};

Postings::Postings(std::unique_ptr<State> state) : state_(std::move(state)) {}
Postings::Postings(Postings&&) noexcept = default;
Postings& Postings::operator=(Postings&&) noexcept = default;
Postings::~Postings() = default;

bool Postings::next() {
  return reading(state_->unreadable, [&] {
    if (state_->started) {
      ++state_->at;
    } else {
      state_->started = true;
    }
    return state_->at != state_->end;
  });
}

bool Postings::skip_to(std::uint32_t verse) {
  return reading(state_->unreadable, [&] {
    state_->started = true;
    state_->at.skip_to(verse + 1);
    return state_->at != state_->end;
  });
}

std::uint32_t Postings::verse() const { return *state_->at - 1; }
std::uint32_t Postings::uses() const {
  return reading(state_->unreadable, [&] { return state_->at.get_wdf(); });
}

struct TermIndex::State {
  std::atomic<bool>& unreadable;
  Xapian::Database database;
};

namespace {

Xapian::Database open(const files::OpenFile& file) {
#ifdef _WIN32
  // Nobody can put another file there while it is open.
  return Xapian::Database(files::to_utf8(file.path()));
#else
  const int own = ::fcntl(file.descriptor(), F_DUPFD_CLOEXEC, 0);
  // The library reads from where the descriptor is, which all that were duplicated share.
  if (own < 0 || ::lseek(own, 0, SEEK_SET) < 0) {
    const std::error_code why(errno, std::generic_category());
    if (own >= 0) ::close(own);
    throw Error(ErrorCode::io, fmt::format("cannot open {}: {}", files::to_utf8(file.path()), why.message()));
  }
  return Xapian::Database(own);  // which closes it
#endif
}

}  // namespace

TermIndex::TermIndex(const files::OpenFile& file, int version, std::atomic<bool>& unreadable)
    : state_(std::make_unique<State>(State{unreadable, opening([&] { return open(file); })})) {
  const std::string there = opening([&] { return state_->database.get_metadata("kalima.version"); });
  if (there != fmt::format("{}", version)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the index {} is of another version", files::to_utf8(file.path())));
  }
}

TermIndex::~TermIndex() = default;

std::string TermIndex::identity() const {
  return opening([&] { return state_->database.get_metadata("kalima.identity"); });
}

std::uint32_t TermIndex::verse_count(const std::string& term) const {
  return reading(state_->unreadable, [&] { return state_->database.get_termfreq(term); });
}

Postings TermIndex::postings(const std::string& term) const {
  return reading(state_->unreadable, [&] {
    return Postings(std::make_unique<Postings::State>(Postings::State{
        state_->unreadable, state_->database.postlist_begin(term), state_->database.postlist_end(term)}));
  });
}

std::unique_ptr<TermIndex> TermFile::open() const {
  const std::lock_guard lock(opening_);
  return std::make_unique<TermIndex>(file_, version_, unreadable_);
}

Union::Union(std::vector<Postings> lists) : lists_(std::move(lists)) {
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    if (lists_[i].next()) push(i);
  }
}

void Union::push(std::size_t list) {
  heap_.push_back(list);
  std::push_heap(heap_.begin(), heap_.end(),
                 [&](std::size_t a, std::size_t b) { return lists_[a].verse() > lists_[b].verse(); });
}

bool Union::next() {
  if (heap_.empty()) return false;
  verse_ = lists_[heap_.front()].verse();
  uses_ = 0;
  while (!heap_.empty() && lists_[heap_.front()].verse() == verse_) {
    std::pop_heap(heap_.begin(), heap_.end(),
                  [&](std::size_t a, std::size_t b) { return lists_[a].verse() > lists_[b].verse(); });
    const std::size_t list = heap_.back();
    heap_.pop_back();
    uses_ += lists_[list].uses();
    if (lists_[list].next()) push(list);
  }
  return true;
}

bool Intersection::next() {
  if (lists_.empty() || !lists_.front().next()) return false;
  for (;;) {
    const std::uint32_t wanted = lists_.front().verse();
    std::uint32_t reached = wanted;
    for (std::size_t i = 1; i < lists_.size() && reached == wanted; ++i) {
      if (!lists_[i].skip_to(wanted)) return false;
      reached = lists_[i].verse();
    }
    if (reached == wanted) return true;
    if (!lists_.front().skip_to(reached)) return false;
  }
}

}  // namespace kalima::index
