#include "conllu/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "conllu/tree_rules.h"
#include "support/error.h"
#include "support/numbers.h"

namespace kalima::conllu {
namespace {

constexpr std::size_t column_count = 10;
// Of a sentence. Each line counts for more than its text, since it takes more memory.
constexpr std::size_t max_lines = 20'000, max_bytes = 256u << 20, bytes_of_line = sizeof(Comment);
using Columns = std::array<std::string_view, column_count>;

// A number as the format writes it: without sign or leading zeros.
std::optional<std::uint32_t> number(std::string_view text) {
  return numbers::parse<std::uint32_t>(text, {.leading_zeros = false});
}

std::optional<NodeId> node_id(std::string_view text) {
  const std::size_t dot = text.find('.');
  const auto word = number(text.substr(0, dot));
  if (!word) return std::nullopt;
  if (dot == std::string_view::npos) return NodeId{*word, 0};
  const auto empty = number(text.substr(dot + 1));
  if (!empty || *empty == 0) return std::nullopt;
  return NodeId{*word, *empty};
}

std::string_view text_or_empty(std::string_view column) {
  return column == "_" ? std::string_view{} : column;
}

// Calls `visit` for the parts between `|`.
template <typename Visit>
void each_part(std::string_view column, Visit visit) {
  if (column == "_") return;
  for (bool more = true; more;) {
    const std::size_t end = column.find('|');
    more = end != std::string_view::npos;
    visit(column.substr(0, end));
    if (more) column.remove_prefix(end + 1);
  }
}

Columns split(std::string_view text, std::size_t at) {
  const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\t')) + 1;
  if (count != column_count) {
    fail(at, fmt::format("{} columns, expected {} with tabs between them; is the line cut off?", count,
                         column_count));
  }
  Columns columns;
  for (std::string_view& column : columns) {
    const std::size_t end = text.find('\t');
    column = text.substr(0, end);
    if (column.empty()) fail(at, "an empty column; expected \"_\" for a missing value");
    if (end != std::string_view::npos) text.remove_prefix(end + 1);
  }
  return columns;
}

void read_id(Line& line, std::string_view text) {
  const auto wrong = [&] {
    fail(line.at, fmt::format("the id \"{}\" is not valid; expected 3, 3-4 or 3.1", text));
  };
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    const auto first = number(text.substr(0, dash)), last = number(text.substr(dash + 1));
    if (!first || !last || *first == 0) wrong();
    if (*last <= *first) fail(line.at, fmt::format("the range {} does not contain two words", text));
    line.kind = Line::Kind::range;
    line.id = {*first, 0};
    line.last = *last;
    return;
  }
  const auto id = node_id(text);
  if (!id || *id == NodeId{}) wrong();
  line.kind = id->empty == 0 ? Line::Kind::word : Line::Kind::empty_node;
  line.id = *id;
}

void read_syntax(Line& line, const Columns& columns) {
  if (columns[6] != "_") {
    line.head = number(columns[6]);
    if (!line.head) fail(line.at, fmt::format("the head \"{}\" is not the number of a word", columns[6]));
    if (line.kind != Line::Kind::word) fail(line.at, "only a word has a head; expected \"_\"");
  }
  each_part(columns[8], [&](std::string_view part) {
    const std::size_t colon = part.find(':');
    const auto head = colon == std::string_view::npos ? std::nullopt : node_id(part.substr(0, colon));
    if (!head || colon + 1 == part.size()) {
      fail(line.at, fmt::format("\"{}\" in the column DEPS is not an edge; expected HEAD:RELATION", part));
    }
    line.deps.push_back({*head, std::string(part.substr(colon + 1))});
  });
}

Line read_line(std::string_view text, std::size_t at) {
  const Columns columns = split(text, at);
  Line line;
  line.at = at;
  read_id(line, columns[0]);
  line.form = text_or_empty(columns[1]);
  line.lemma = text_or_empty(columns[2]);
  line.upos = text_or_empty(columns[3]);
  line.xpos = text_or_empty(columns[4]);
  line.feats = text_or_empty(columns[5]);
  read_syntax(line, columns);
  line.deprel = text_or_empty(columns[7]);
  each_part(columns[9], [&](std::string_view part) {
    const std::size_t equals = part.find('=');
    std::string name(part.substr(0, equals));
    constexpr std::size_t max_attributes = 1000;
    if (line.misc.size() == max_attributes) fail(at, "too many attributes in the last column");
    if (line.attribute(name) != nullptr) fail(at, fmt::format("{} occurs twice in the last column", name));
    line.misc.emplace_back(std::move(name), equals == std::string_view::npos ? "" : part.substr(equals + 1));
  });
  return line;
}

Comment read_comment(std::string_view text, std::size_t at) {
  const auto trimmed = [](std::string_view part) {
    const std::size_t begin = part.find_first_not_of(' ');
    if (begin == std::string_view::npos) return std::string_view{};
    return part.substr(begin, part.find_last_not_of(' ') + 1 - begin);
  };
  text.remove_prefix(1);
  const std::size_t equals = text.find('=');
  Comment comment{std::string(trimmed(text.substr(0, equals))), {}, at};
  if (equals != std::string_view::npos) comment.value = trimmed(text.substr(equals + 1));
  return comment;
}

void add_columns(const Line& line, std::string& out) {
  const auto put = [&out](std::string_view text) {
    out += '\t';
    out += text.empty() ? "_" : text;
  };
  for (const std::string* text : {&line.form, &line.lemma, &line.upos, &line.xpos, &line.feats}) put(*text);
  put(line.head ? std::to_string(*line.head) : "");
  put(line.deprel);
  std::string joined;
  for (const Edge& edge : line.deps) {
    if (!joined.empty()) joined += '|';
    joined += to_text(edge.head) + ":" + edge.relation;
  }
  put(joined);
  joined.clear();
  for (const auto& [name, value] : line.misc) {
    if (!joined.empty()) joined += '|';
    joined += name + "=" + value;
  }
  put(joined);
}

}  // namespace

std::string to_text(NodeId id) {
  return id.empty == 0 ? std::to_string(id.word) : fmt::format("{}.{}", id.word, id.empty);
}

const std::string* Line::attribute(std::string_view name) const {
  for (const auto& [known, value] : misc) {
    if (known == name) return &value;
  }
  return nullptr;
}

void write(const Sentence& sentence, std::string& out) {
  for (const Comment& comment : sentence.comments) {
    out += "# " + comment.name;
    if (!comment.value.empty()) out += " = " + comment.value;
    out += '\n';
  }
  for (const Line& line : sentence.lines) {
    out += to_text(line.id);
    if (line.kind == Line::Kind::range) out += "-" + std::to_string(line.last);
    add_columns(line, out);
    out += '\n';
  }
  out += '\n';
}

void fail(std::size_t line, std::string message) {
  throw Error(ErrorCode::bad_input, std::move(message), {}, {.line = line});
}

bool Reader::next_line() {
  if (!lines_.next()) return false;
  if (!lines_.complete()) fail(lines_.number(), "the last line does not end; the file seems to be cut off");
  return true;
}

bool Reader::next(Sentence& sentence) {
  sentence.comments.clear();
  sentence.lines.clear();
  IdOrder order;
  std::size_t bytes = 0;
  while (next_line()) {
    const std::string_view text = lines_.line();
    const std::size_t at = lines_.number();
    if (text.empty()) {
      if (!sentence.lines.empty()) {
        require_format(sentence);
        return true;
      }
      fail(at, "an empty line where a sentence is expected");
    }
    if (sentence.lines.size() == max_lines) {
      fail(at, fmt::format("a sentence of more than {} lines", max_lines));
    }
    bytes += text.size() + bytes_of_line;
    if (bytes > max_bytes) fail(at, fmt::format("a sentence of more than {} MiB", max_bytes >> 20));
    if (text.front() != '#') {
      sentence.lines.push_back(read_line(text, at));
      order.require_next(sentence.lines.back());
    } else if (!sentence.lines.empty()) {
      fail(at, "a comment within a sentence; expected comments before its first word");
    } else {
      sentence.comments.push_back(read_comment(text, at));
    }
  }
  if (sentence.lines.empty() && sentence.comments.empty()) return false;
  fail(lines_.number(), "no empty line after the last sentence; the file seems to be cut off");
}

}  // namespace kalima::conllu
