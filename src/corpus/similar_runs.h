// Runs of one text that are similar to other runs of it which share no word with them, as in similar_texts.h; for many short
// runs that overlap, such as all of five words.
//
// What two runs must have in common is a sequence of so many words, with gaps. These sequences are numbered like runs that occur
// again (repeated_runs.h): one of n words is two of n - 1, and where one of these is nowhere else, apart from it, nothing longer is
// looked at. Of each sequence only the outermost runs that hold it matter, so that no two runs are compared.
// Most of what is similar has a sequence with few gaps in common: these are looked at first, then all for the runs that are left.
//
// Threads: one object is used by one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "corpus/repeated_runs.h"
#include "corpus/similar_texts.h"

namespace kalima::corpus {

// For each number of words, from 1, where such runs begin: ascending, each once.
using RunsByLength = std::map<std::uint32_t, std::vector<std::uint32_t>>;

class SimilarRuns {
 public:
  // Those of `of` that are similar by `percent` to one of `to`, which may be the same object. All must outlive it.
  SimilarRuns(Values text, const RunsByLength& of, const RunsByLength& to, std::uint32_t percent);

  // About how many places of sequences are looked at; without end for runs of very many lengths.
  double work() const;
  // What is in `of`. Too few if it is told to end.
  RunsByLength find(const MayGoOn& may_go_on);

 private:
  // Where runs of one length begin.
  class Runs {
   public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    Runs(std::uint32_t words, const std::vector<std::uint32_t>& begins, std::size_t text_words);

    std::uint32_t words() const { return words_; }
    // Of those that hold the words from `first` to `last` where the first one begins, and the last one; or none.
    std::uint32_t first_with(std::uint32_t first, std::uint32_t last) const {
      const std::uint32_t begin = next_[last + 1 > words_ ? last + 1 - words_ : 0];
      return begin <= first ? begin : none;
    }
    std::uint32_t last_with(std::uint32_t first, std::uint32_t last) const {
      const std::uint32_t begin = before_[first];
      return begin != none && begin + words_ > last ? begin : none;
    }

   private:
    std::uint32_t words_;
    // Of each word where the next one begins, there or later, and the one before, there or earlier.
    std::vector<std::uint32_t> next_, before_;
  };
  // What runs of two lengths must have in common.
  struct Lengths {
    std::uint32_t of, to, common;
  };
  struct Place {
    std::uint32_t word, sequence;
  };
  // Sequences with the same gaps: where their words are, from the first one on, and where the first one is, ascending.
  struct Form {
    std::vector<std::uint32_t> words;
    std::vector<Place> places;
    std::uint32_t last(const Place& place) const { return place.word + words.back(); }
  };
  // A form that is one word longer: `form` and a last word, without its first word `rest`.
  struct Longer {
    const Form *form, *rest;
    std::vector<std::uint32_t> words;
  };
  // A place that goes on: the number of the sequence, and whether it lies in a run that is asked about.
  struct Candidate {
    std::uint32_t word, sequence, last_value;
    bool asked;
  };
  // Where the last of the runs that hold a sequence begins, or its last place, and where the first one ends.
  struct Held {
    std::uint32_t first_end = Runs::none, last_begin = 0;
    void add(std::uint32_t begin, std::uint32_t end) {
      first_end = std::min(first_end, end);
      last_begin = std::max(last_begin, begin);
    }
    bool apart_from(const Held& other) const {
      return first_end <= other.last_begin || other.first_end <= last_begin;
    }
  };

  // How many words of the runs that still matter may lie in gaps of sequences of so many words.
  std::uint32_t max_gaps(std::uint32_t words) const;
  static std::size_t bytes_of(const std::vector<Form>& forms);

  void look(std::uint32_t allowed_gaps, const MayGoOn& may_go_on);
  void read(const RunsByLength& lists, std::vector<Runs>& runs, std::vector<std::uint32_t>& last);
  std::vector<Form> single_words();
  std::vector<Form> longer(const std::vector<Form>& forms, std::uint32_t words);
  std::vector<Longer> longer_forms(const std::vector<Form>& forms, std::uint32_t words) const;
  void number_candidates();
  template <typename Visit>
  void each_place(const Longer& longer, Visit visit);
  void leave_out_single(std::vector<Form>& forms);
  void mark(const std::vector<Form>& forms, std::uint32_t words);
  void mark(const std::vector<Form>& forms, std::uint32_t words, const std::vector<Held>& held,
            std::vector<std::int32_t>& more);
  void keep_found();
  bool take(std::size_t bytes);
  void release(std::size_t bytes);
  bool go_on();

  Values text_;
  const RunsByLength *of_, *to_;
  std::vector<Lengths> lengths_;
  std::uint32_t max_common_ = 0;

  // Those that are not known to be similar yet, and those that are.
  RunsByLength left_, found_;
  bool all_left_ = false;  // those of `of`, which are the same as `to`
  std::uint32_t allowed_gaps_ = 0;
  // Of left_ if these are not the others too, and of the others.
  std::vector<Runs> left_runs_, to_runs_;
  const std::vector<Runs>& of_runs() const { return all_left_ ? to_runs_ : left_runs_; }
  // Of each word the last word of the longest run that holds it, of those left and of all; 0 for none.
  std::vector<std::uint32_t> last_left_, last_;
  std::uint32_t sequences_ = 0, values_ = 0;  // all numbers are below
  std::vector<Candidate> candidates_;
  std::vector<std::uint32_t> order_;
  // For each of of_runs(), of each word, how many sequences more a run that begins there shares with a similar one than a run that
  // begins at the word before.
  std::vector<std::vector<std::int32_t>> more_;
  const MayGoOn* may_go_on_ = nullptr;
  std::ptrdiff_t taken_ = 0;
  std::size_t steps_ = 0;
  bool ended_ = false;
};

}  // namespace kalima::corpus
