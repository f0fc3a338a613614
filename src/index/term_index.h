// Looks up which verses contain a term. This folder is the only one that knows Xapian.
//
// Verses are 0-based numbers, always ascending. Threads: a TermIndex and what it hands out belong to one thread at
// a time. Errors: Error(unavailable) when the index cannot be read any more.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "support/open_file.h"

namespace kalima::index {

// The verses that contain a term. Starts before the first.
class Postings {
 public:
  Postings(Postings&&) noexcept;
  Postings& operator=(Postings&&) noexcept;
  ~Postings();

  // Moves to the next verse; false after the last.
  bool next();
  // Moves to the first verse that is not before `verse`; false if there is none.
  bool skip_to(std::uint32_t verse);
  std::uint32_t verse() const;
  // How often the term occurs in the verse.
  std::uint32_t uses() const;

 private:
  friend class TermIndex;
  struct State;
  explicit Postings(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class TermIndex {
 public:
  // `unreadable` is set when a later call finds that the file cannot be read any more; it outlives this object. Throws
  // Error(bad_input) when the file is damaged or its terms are not of this version, Error(io) when it cannot be read. One
  // call at a time for the same file.
  TermIndex(const files::OpenFile& file, int version, std::atomic<bool>& unreadable);
  ~TermIndex();
  TermIndex(const TermIndex&) = delete;
  TermIndex& operator=(const TermIndex&) = delete;

  // The database it was made from.
  std::string identity() const;
  // The number of verses that contain the term.
  std::uint32_t verse_count(const std::string& term) const;
  Postings postings(const std::string& term) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A file of terms that is open, from which every thread opens a TermIndex of its own. Threads: any.
class TermFile {
 public:
  // Throws as files::OpenFile does.
  TermFile(const std::filesystem::path& file, int version) : file_(file), version_(version) {}

  // Throws as TermIndex does. This object outlives what it gives.
  std::unique_ptr<TermIndex> open() const;
  const files::OpenFile& file() const { return file_; }
  // True when what was opened could not be read any more.
  bool unreadable() const { return unreadable_.load(std::memory_order_relaxed); }

 private:
  files::OpenFile file_;
  int version_;
  mutable std::mutex opening_;
  mutable std::atomic<bool> unreadable_ = false;
};

// Verses that contain at least one of the terms; uses() adds up.
class Union {
 public:
  explicit Union(std::vector<Postings> lists);
  bool next();
  std::uint32_t verse() const { return verse_; }
  std::uint32_t uses() const { return uses_; }

 private:
  void push(std::size_t list);
  std::vector<Postings> lists_;
  std::vector<std::size_t> heap_;  // lists by their current verse, smallest first
  std::uint32_t verse_ = 0, uses_ = 0;
};

// Verses that contain all of the terms. Pass the rarest first: it drives the search.
class Intersection {
 public:
  explicit Intersection(std::vector<Postings> lists) : lists_(std::move(lists)) {}
  bool next();
  std::uint32_t verse() const { return lists_.front().verse(); }

 private:
  std::vector<Postings> lists_;
};

}  // namespace kalima::index
