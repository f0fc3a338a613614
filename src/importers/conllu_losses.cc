#include "importers/conllu_losses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "conllu/attributes.h"
#include "support/utf8.h"

namespace kalima::importers {
namespace {

namespace attribute = conllu::attribute;
namespace comment = conllu::comment;
using conllu::Line;

constexpr std::size_t max_names = 1000, max_names_said = 5;

// All comments about verses begin with that word.
bool is_known_comment(std::string_view name) {
  static constexpr std::array<std::string_view, 6> whole = {comment::columns,    comment::row,
                                                            comment::row_behind, comment::treebank,
                                                            comment::text,       comment::document};
  return std::ranges::find(whole, name) != whole.end() || name == comment::sentence ||
         name.starts_with(comment::surah) || name.starts_with("verse");
}

void add_name(std::map<std::string, std::size_t>& names, std::string_view name) {
  if (const auto known = names.find(std::string(name)); known != names.end()) {
    ++known->second;
  } else if (names.size() < max_names) {
    names.emplace(utf8::prefix(name, 40), 1);
  }
}

// "9 comments (# genre, # note)"; empty if there is none.
std::string said(const std::map<std::string, std::size_t>& names, std::string_view what) {
  std::size_t count = 0;
  std::string list;
  std::size_t listed = 0;
  for (const auto& [name, times] : names) {
    count += times;
    if (listed == max_names_said) list += ", …";
    if (listed++ < max_names_said) list += (list.empty() ? "" : ", ") + name;
  }
  return count == 0 ? std::string() : fmt::format("{} {}{} ({})", count, what, count == 1 ? "" : "s", list);
}

}  // namespace

void ConlluLosses::add(const conllu::Sentence& sentence) {
  for (const conllu::Comment& comment : sentence.comments) {
    if (!is_known_comment(comment.name)) add_name(comments_, "# " + comment.name);
  }
  // Kalima's own file: everything is in its attributes.
  const bool own = std::ranges::any_of(sentence.lines, [](const Line& line) {
    return line.attribute(attribute::features) != nullptr || line.attribute(attribute::relation) != nullptr;
  });
  if (own) return;
  for (const Line& line : sentence.lines) add(line);
}

void ConlluLosses::add(const Line& line) {
  if (!line.feats.empty()) ++feats_;
  if (!line.upos.empty() && line.upos != "X" && line.xpos.empty() && line.kind != Line::Kind::range) ++tags_;
  const bool same_as_basic = line.deps.empty() || (line.deps.size() == 1 && line.head &&
                                                   line.deps.front().head == conllu::NodeId{*line.head, 0} &&
                                                   line.deps.front().relation == line.deprel);
  if (!same_as_basic) ++edges_;
  static constexpr std::array<std::string_view, 12> known = {attribute::place,
                                                             attribute::root,
                                                             attribute::lemma,
                                                             attribute::features,
                                                             attribute::type,
                                                             attribute::tag,
                                                             attribute::word_id,
                                                             attribute::word_form,
                                                             attribute::segment_id,
                                                             attribute::segment_form,
                                                             "Gloss",
                                                             "Translit"};
  for (const auto& [name, value] : line.misc) {
    if (std::ranges::find(known, name) == known.end()) add_name(attributes_, name);
  }
}

void ConlluLosses::warn(Counts& counts) const {
  const auto say = [&](const std::string& what) {
    counts.warnings.push_back(what + ": only an export as CoNLL-U has them again, queries do not find them");
  };
  const auto words = [](std::size_t count, std::string_view what) {
    return fmt::format("{} word{} {}", count, count == 1 ? " has" : "s have", what);
  };
  if (feats_ > 0) say(words(feats_, "FEATS, but not the attribute Features"));
  if (tags_ > 0) say(words(tags_, "UPOS, but not XPOS"));
  if (edges_ > 0) say(words(edges_, "DEPS other than HEAD and DEPREL"));
  if (const std::string text = said(attributes_, "attribute"); !text.empty()) say(text);
  if (const std::string text = said(comments_, "comment"); !text.empty()) say(text);
}

}  // namespace kalima::importers
