#include "importers/treebank_check.h"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

#include "support/error.h"
#include "support/files.h"

namespace kalima::importers {

void TreebankCheck::add(std::size_t line, std::int64_t verse, const std::vector<std::string>& cells) {
  auto read = reader_.read(cells);
  if (const Error* error = std::get_if<Error>(&read)) file_.fail(line, error->message());
  auto& node = std::get<corpus::SyntaxNode>(read);
  if (!sentence_.empty() && sentence_.front().sentence != node.sentence) end_sentence();
  check_place(line, verse, node);
  sentence_.push_back(std::move(node));
  lines_.push_back(line);
}

void TreebankCheck::check_place(std::size_t line, std::int64_t verse, const corpus::SyntaxNode& node) {
  if (!node.place) return;
  const corpus::SegmentPlace& place = *node.place;
  if (place.surah != node.surah || place.ayah != node.ayah) {
    file_.fail(line, fmt::format("location {} is not in the verse {}:{} of chapter_id and verse_id",
                                 corpus::to_location(place), node.surah, node.ayah));
  }
  if (!verses_.has_segments(verse)) {
    without_segments_.at(line);
  } else if (!verses_.has_segment(verse, place.word, place.segment)) {
    file_.fail(line, fmt::format("segment {} is not in the corpus", corpus::to_location(place)));
  }
  if (SegmentSet::in_range(place.word, place.segment) && !seen_.insert(verse, place.word, place.segment)) {
    file_.fail(line, fmt::format("the segment {} is in the file twice", corpus::to_location(place)));
  }
}

void TreebankCheck::end_sentence() {
  std::unordered_map<std::int64_t, std::size_t> lines;
  for (std::size_t i = 0; i < sentence_.size(); ++i) {
    const auto [it, added] = lines.emplace(sentence_[i].token, lines_[i]);
    if (!added) {
      file_.fail(lines_[i], fmt::format("token_id {} is in sentence {} twice, first in line {}",
                                        sentence_[i].token, sentence_[i].sentence, it->second));
    }
  }
  for (std::size_t i = 0; i < sentence_.size(); ++i) {
    if (!lines.contains(sentence_[i].head)) {
      file_.fail(lines_[i], fmt::format("ref_token_id {} is not a token_id of sentence {}, which has {} rows",
                                        sentence_[i].head, sentence_[i].sentence, sentence_.size()));
    }
  }
  const std::vector<std::size_t> heads = corpus::heads_of(sentence_);
  bool cycle = false;
  for (const std::size_t node : corpus::nodes_on_cycles(heads)) {
    if (heads[node] == node) {
      self_.at(lines_[node]);
    } else if (!std::exchange(cycle, true)) {
      cycles_.at(lines_[node]);
    }
  }
  sentence_.clear();
  lines_.clear();
}

void TreebankCheck::finish() {
  if (!sentence_.empty()) end_sentence();
}

std::vector<std::string> TreebankCheck::warnings() const {
  std::vector<std::string> out;
  const auto say = [&](const Oddity& oddity, std::string_view what) {
    if (oddity.count == 0) return;
    out.push_back(fmt::format("{}: {}, the first at {}:{}", what, oddity.count, files::to_utf8(file_.path()),
                              oddity.first_line));
  };
  say(self_, "treebank nodes that depend on themselves without being a root");
  say(cycles_, "treebank sentences with a cycle of heads");
  say(without_segments_,
      "treebank rows that could not be checked, because their verse has no segments in the corpus");
  return out;
}

}  // namespace kalima::importers
