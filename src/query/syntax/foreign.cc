#include "query/syntax/foreign.h"

#include <array>

namespace kalima::query {
namespace {

struct Habit {
  std::string_view begins;  // what the text begins with at the error
  std::string_view hint;
};
// The first that fits.
constexpr auto habits = std::to_array<Habit>({
    {"->>", "a descendant is written a -->> b"},
    {"->", "an edge is written a -Subj-> b; of any type a --> b"},
    {">>", "a descendant is written a -->> b"},
    {">", "an edge is written a -Subj-> b; of any type a --> b"},
    {"<<", "an ancestor is written a <<-- b; a tag <verse>"},
    {"[[", "one pair of brackets is a word: [pos=\"V\"]"},
    {"expand", "'expand to' is not available; 'rspan(query, \"full\")' widens a tree's hit"},
    {"cut", "'cut' is not available; the number of hits is a parameter of the request"},
    {"#", "nodes have labels: a:[pos=\"V\"] -Subj-> b:[]; neighbours are written one after the other"},
    {"TAB", "'TAB' is not available; a gap is written []{n,m}"},
    {".*", "a gap is written []*"},
    {".", "neighbours are written one after the other, without a dot"},
    {"~", "'~' is not available; every value is a regular expression"},
    {"?", "'?' follows what it makes optional: [pos=\"NEG\"]?"},
    {"*", "'*' follows what it repeats: []*"},
    {"+", "'+' follows what it repeats: []+"},
    {"&&", "'and' is written &"},
    {"||", "'or' is written |"},
    {"$", "a word list is a value: [lemma=$name]"},
    {"/", "values are in quotes: [word=\"...\"]"},
    {":", "a label is before what it names: a:[]; a constraint follows two colons"},
    {"=", "an attribute is compared in brackets: [pos=\"V\"]"},
});

}  // namespace

std::string foreign_hint(std::string_view text, std::size_t at) {
  if (at > text.size()) return {};
  for (const Habit& habit : habits) {
    if (text.substr(at).starts_with(habit.begins)) return std::string(habit.hint);
  }
  return {};
}

}  // namespace kalima::query
