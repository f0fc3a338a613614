#include "corpus/treebank.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/error.h"

using namespace kalima;
using namespace kalima::corpus;

namespace {

const std::vector<std::string> columns = {
    "sentence_id",  "token_id",      "location", "chapter_id",       "verse_id",         "rel_label",
    "ref_token_id", "uthmani_token", "pos",      "constituents_loc", "constituent_label"};

SyntaxNode node(std::int64_t token, std::string relation, std::int64_t head) {
  SyntaxNode out;
  out.token = token;
  out.relation = std::move(relation);
  out.head = head;
  return out;
}

}  // namespace

TEST_CASE("places are written in two ways and read strictly") {
  const SegmentPlace place{2, 255, 3, 1};
  CHECK(to_location(place) == "(2:255:3:1)");
  CHECK(place_from_location("(2:255:3:1)") == place);
  CHECK(to_numbers(place) == "2:255:3:1");
  CHECK(to_numbers({2, 255, 3, 0}) == "2:255:3");
  CHECK(to_numbers({2, 255, 0, 0}) == "2:255");
  CHECK(place_from_numbers("2:255:3:1") == place);
  CHECK(place_from_numbers("2:255") == SegmentPlace{2, 255, 0, 0});
  for (const char* text :
       {"", "2", "2:", ":2", "2:255:3:1:1", "2:a", "-2:1", "2: 1", "2:1000001", "2:99999999999999999999"}) {
    CAPTURE(text);
    CHECK(!place_from_numbers(text));
  }
  for (const char* text : {"", "_", "()", "(2:255:3)", "2:255:3:1", "(2:255:3:1", "(2:255:3:1:1)"}) {
    CAPTURE(text);
    CHECK(!place_from_location(text));
  }
}

TEST_CASE("a row is read as a node") {
  const SyntaxReader reader(columns);
  const auto read = [&](std::vector<std::string> cells) { return std::get<SyntaxNode>(reader.read(cells)); };
  const SyntaxNode spoken = read({"7", "2", "(1:5:2:1)", "1", "5", "root", "2", "form", "V", "[1-3]", "VS"});
  CHECK(spoken.sentence == "7");
  CHECK(spoken.token == 2);
  CHECK(spoken.place == SegmentPlace{1, 5, 2, 1});
  CHECK(spoken.form == "form");
  CHECK(spoken.pos == "V");
  CHECK(spoken.attachment() == Attachment::root);
  REQUIRE(spoken.phrase);
  CHECK(spoken.phrase->first == 1);
  CHECK(spoken.phrase->last == 3);
  CHECK(spoken.phrase->kind == "VS");
  const SyntaxNode hidden = read({"7", "3", "_", "1", "5", "Subj", "2", "(*)", "PRON", "_", "-"});
  CHECK(!hidden.place);
  CHECK(!hidden.phrase);
  CHECK(hidden.attachment() == Attachment::dependent);
  CHECK(read({"7", "3", "_", "1", "5", "NonRel", "3", "", "", "_", "-"}).attachment() ==
        Attachment::unrelated);
  const auto wrong = [&](std::vector<std::string> cells) {
    return std::get<Error>(reader.read(cells)).message();
  };
  CHECK(wrong({"7", "x", "_", "1", "5", "", "0", "", "", "_", "-"}) ==
        "token_id is \"x\", expected a number");
  CHECK(wrong({"7", "1", "_", "1", "-0", "", "0", "", "", "_", "-"}) ==
        "verse_id is \"-0\", expected a number");
  CHECK(wrong({"7", "1", "(1:1)", "1", "5", "", "0", "", "", "_", "-"}).starts_with("location is \"(1:1)\""));
}

TEST_CASE("each column that is needed is asked for") {
  for (const std::string_view name : SyntaxReader::required_columns()) {
    std::vector<std::string> fewer = columns;
    std::erase(fewer, name);
    CAPTURE(std::string(name));
    CHECK_THROWS_AS(SyntaxReader{fewer}, Error);
    CHECK(SyntaxReader::missing_column(fewer) == name);
  }
  CHECK(SyntaxReader::missing_column(columns).empty());
  CHECK(SyntaxReader::required_columns().size() == 7);
}

TEST_CASE("trees, several roots, cycles, and what is related to nothing") {
  const std::vector tree = {node(0, "NonRel", 0), node(1, "root", 1), node(2, "Subj", 1), node(3, "Adj", 2)};
  CHECK(is_tree(tree));
  CHECK(heads_of(tree) == std::vector<std::size_t>{no_node, no_node, 1, 2});
  CHECK(!is_tree(std::vector{node(0, "root", 0), node(1, "root", 1)}));
  CHECK(!is_tree(std::vector{node(0, "NonRel", 0)}));
  CHECK(!is_tree(std::vector{node(0, "root", 0), node(1, "Adj", 1)}));
  CHECK(!is_tree(std::vector{node(0, "root", 0), node(1, "Adj", 2), node(2, "Adj", 1)}));
  CHECK(!is_tree(std::vector{node(0, "root", 0), node(1, "Adj", 9)}));
  CHECK(!is_tree(std::vector{node(0, "root", 0), node(1, "NonRel", 1), node(2, "Adj", 1)}));
  CHECK(nodes_on_cycles({1, 2, 0, 0, no_node, 5}) == std::vector<std::size_t>{0, 1, 2, 5});
  CHECK(nodes_on_cycles({}).empty());
}
