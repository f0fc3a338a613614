#include <doctest/doctest.h>

#include <optional>
#include <regex>
#include <set>
#include <vector>

#include "attributes/morphology_values.h"
#include "attributes/syntax_values.h"
#include "conllu/escape.h"
#include "conllu/feats.h"
#include "conllu/format.h"
#include "conllu/labels.h"
#include "conllu/tree_rules.h"
#include "conllu/treebank_columns.h"
#include "support/error.h"
#include "testing.h"
#include "text/unicode.h"

using namespace kalima;
using namespace kalima::conllu;

TEST_CASE("any text comes back from its escaped form, which is NFC and one item") {
  for (const std::string text : {"",
                                 " ",
                                 "a",
                                 "a b",
                                 " a  b ",
                                 "a|b",
                                 "\\",
                                 "\\z",
                                 "\\e",
                                 "\\u0041",
                                 "a\tb\nc\rd",
                                 "\x01\x7F",
                                 "_",
                                 "\u0631\u0651\u064E",
                                 "\u0631\u064E\u0651",
                                 "\u064E\u0651\u064E",
                                 "\u0627\u0653",
                                 "\u0622",
                                 "e\u0301",
                                 "\u00A0x\u00A0",
                                 "\U0001F600",
                                 "\u1100\u1161",
                                 "\u0651\u064Ex\u0651\u064E",
                                 "\u0338",
                                 "|\u0301",
                                 "\u0651\u064E\u0301"}) {
    const std::string written = escaped(text);
    CAPTURE(text);
    CAPTURE(written);
    CHECK(unescaped(written) == text);
    CHECK(text::is_nfc("=" + written));
    CHECK(!written.empty());
    CHECK(written.find_first_of("|\t\n\r") == std::string::npos);
    CHECK(written.front() != ' ');
    CHECK(written.back() != ' ');
  }
  std::string marks;
  for (int i = 0; i < 2000; ++i) marks += i % 2 == 0 ? "\u0651" : "\u064E";
  CHECK(unescaped(escaped(marks)) == marks);
  CHECK(text::is_nfc(escaped(marks)));
  CHECK(escaped_or_none(std::nullopt) == "\\z");
  CHECK(unescaped("\\z") == std::nullopt);
  CHECK(escaped("\u0631\u0651\u064E") == "\u0631\u0651\\u064E");
}

TEST_CASE("unknown escapes are refused") {
  for (const char* text :
       {"\\", "a\\", "\\q", "\\u12", "\\uD800", "\\uXYZW", "\\U110000", "\\u+123", "a\\z"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(unescaped(text), Error);
  }
}

TEST_CASE("texts as columns") {
  CHECK(as_column("\u0631\u0651\u064E") == "\u0631\u064E\u0651");
  for (const char* text : {"", "_", "a b", "a\tb", "\n", "\u00A0", "\u0085"}) CHECK(as_column(text).empty());
  CHECK(as_form("\u0631\u0651\u064E a") == "\u0631\u064E\u0651 a");
  CHECK(as_form(" a \t b\u00A0") == "a b");
  CHECK(as_form("a _") == "a _");
  for (const char* text : {"", "_", " _ ", "a \x01", "\n", "\u00A0"}) CHECK(as_form(text).empty());
}

TEST_CASE("every tag and relation has a name that Universal Dependencies allows") {
  const std::set<std::string_view> classes = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                              "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                              "PUNCT", "SCONJ", "SYM", "VERB", "X"};
  std::set<std::string_view> seen;
  for (const attributes::Value& tag : attributes::parts_of_speech) {
    CAPTURE(std::string(tag.name));
    CHECK(classes.contains(tag.ud));
    CHECK(seen.insert(tag.name).second);
    CHECK(text::is_nfc(tag.arabic));
  }
  CHECK(seen.size() == 45);
  const std::regex form("[a-z]+(:[a-z]+)?");
  const std::set<std::string> universal = {"nsubj", "obj",      "obl",  "nmod", "amod",
                                           "appos", "compound", "conj", "acl",  "advcl",
                                           "dep",   "det",      "cc",   "mark", "vocative"};
  std::set<std::string_view> labels;
  for (const attributes::Value& relation : attributes::relations) {
    CAPTURE(std::string(relation.name));
    CHECK(labels.insert(relation.name).second);
    const std::string deprel = deprel_of(relation.name);
    CHECK(deprel == relation.ud);
    CHECK(std::regex_match(deprel, form));
    CHECK(universal.contains(deprel.substr(0, deprel.find(':'))));
  }
  CHECK(deprel_of("Subj") == "nsubj");
  CHECK(deprel_of("subj <<ykn>>") == "nsubj");
  CHECK(deprel_of("pred <<lakin>>") == "dep:pred");
  CHECK(deprel_of("Strange") == "dep:strange");
  for (const char* odd : {"", "_", "a b1", "<<x>>", "\u0641", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    CHECK(deprel_of(odd) == "dep");
  CHECK(upos_of("V") == "VERB");
  CHECK(upos_of("?") == "X");
  CHECK(deprel_of_unrelated("DET") == "det");
  CHECK(deprel_of_unrelated("REM") == "cc");
  CHECK(deprel_of_unrelated("CIRC") == "mark");
  CHECK(deprel_of_unrelated("PRON") == "dep");
}

TEST_CASE("features of a segment") {
  CHECK(feats_of("STEM|POS:V|IMPF|PASS|(IV)|LEM:x|ROOT:y|3MD|MOOD:JUS", "V", false) ==
        "Aspect=Imp|Gender=Masc|Mood=Jus|Number=Dual|Person=3|VerbForm=Fin|Voice=Pass");
  CHECK(feats_of("STEM|POS:V|PERF|LEM:x|3FS", "V", false) ==
        "Aspect=Perf|Gender=Fem|Number=Sing|Person=3|VerbForm=Fin|Voice=Act");
  CHECK(feats_of("STEM|POS:V|IMPV|LEM:x|2MP", "V", false) ==
        "Gender=Masc|Mood=Imp|Number=Plur|Person=2|VerbForm=Fin|Voice=Act");
  CHECK(feats_of("STEM|POS:N|LEM:x|ROOT:y|M|INDEF|ACC", "N", false) == "Case=Acc|Definite=Ind|Gender=Masc");
  CHECK(feats_of("STEM|POS:N|LEM:x|ROOT:y|M|GEN", "N", true) == "Case=Gen|Definite=Def|Gender=Masc");
  CHECK(feats_of("STEM|POS:N|PASS|PCPL|(II)|LEM:x|F|NOM", "N", false) ==
        "Case=Nom|Gender=Fem|VerbForm=Part|Voice=Pass");
  CHECK(feats_of("SUFFIX|PRON:1P", "PRON", false) == "Number=Plur|Person=1|PronType=Prs");
  CHECK(feats_of("PREFIX|Al+", "DET", true) == "Definite=Def|PronType=Art");
  CHECK(feats_of("STEM|POS:NEG|LEM:laA", "NEG", false) == "Polarity=Neg");
  CHECK(feats_of("", "", false).empty());
}

TEST_CASE("a sentence is read as it was written") {
  const std::string text =
      "# newdoc\n# text = ab "
      "c\n1-2\tab\t_\t_\t_\t_\t_\t_\t_\tX=1|Y=\n1\ta\t_\tADP\tP\t_\t2\tcase\t2:case\t_\n"
      "2\tb\tb\tNOUN\tN\tCase=Gen\t0\troot\t0:root|2.1:dep\t_\n2.1\t(*)\t_\tX\t_\t_\t_\t_\t2:dep\t_\n\n";
  Reader reader(text);
  Sentence sentence;
  REQUIRE(reader.next(sentence));
  CHECK(sentence.comments.size() == 2);
  CHECK(sentence.comments[1].value == "ab c");
  REQUIRE(sentence.lines.size() == 4);
  CHECK(sentence.lines[0].last == 2);
  CHECK(sentence.lines[2].deps.back().head == NodeId{2, 1});
  CHECK(sentence.lines[3].at == 6);
  CHECK(sentence.lines[0].attribute("Y") != nullptr);
  CHECK(sentence.lines[0].attribute("Z") == nullptr);
  std::string again;
  write(sentence, again);
  CHECK(again == text);
  CHECK(!reader.next(sentence));
}

TEST_CASE("a text in pieces is read as the whole text is") {
  const std::string sentence_text = "# text = a\n1\ta\t_\t_\t_\t_\t0\troot\t_\t_\n\n",
                    text = sentence_text + sentence_text;
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t second = first; second <= text.size(); ++second) {
      if ((first > 0 && text[first - 1] != '\n') || (second > first && text[second - 1] != '\n')) continue;
      std::vector<std::string_view> pieces = {std::string_view(text).substr(0, first),
                                              std::string_view(text).substr(first, second - first),
                                              std::string_view(text).substr(second)};
      std::size_t given = 0;
      Reader reader([&]() -> std::optional<std::string_view> {
        if (given == pieces.size()) return std::nullopt;
        return pieces[given++];
      });
      Sentence sentence;
      CHECK(reader.next(sentence));
      CHECK(sentence.lines.front().at == 2);
      CHECK(reader.next(sentence));
      CHECK(sentence.lines.front().at == 5);
      CHECK(!reader.next(sentence));
    }
  }
}

TEST_CASE("a sentence is not larger than its limit") {
  const std::string comment = "# note = " + std::string(1u << 20, 'x') + "\n";
  std::size_t given = 0;
  Reader reader([&]() -> std::optional<std::string_view> {
    ++given;
    return comment;
  });
  Sentence sentence;
  CHECK(testing::error_of([&] { reader.next(sentence); }) == ErrorCode::bad_input);
  CHECK(given == 256);
}

TEST_CASE("nodes that no root is above") {
  CHECK(without_root({no_head, 0, 3, 2, 3, no_head, 5}) ==
        std::vector<bool>{false, false, true, true, true, false, false});
  CHECK(without_root({0}) == std::vector<bool>{true});
}

TEST_CASE("cells that are as the rules say are not written, others are, and all come back") {
  std::vector<std::string> names(treebank_column_names().begin(), treebank_column_names().end());
  CHECK(names.size() == 51);
  names.push_back("own column");
  const TreebankColumns columns(names);
  Sentence sentence;
  for (std::uint32_t i = 1; i <= 2; ++i) {
    Line& line = sentence.lines.emplace_back();
    line.id = {i, 0};
    line.form = i == 1 ? "\u0628\u0650" : "\u0633\u0652\u0645\u0650";
    line.xpos = i == 1 ? "P" : "N";
    line.head = i - 1;
    line.deprel = i == 1 ? "root" : "dep:gen";
    line.misc = {{"Ref", "1:1:1:" + std::to_string(i)},
                 {"Features", i == 1 ? "PREFIX\\pbi+" : "STEM\\pPOS:N\\pROOT:smw\\pM\\pGEN"}};
  }
  sentence.lines[1].misc.emplace_back("Rel", "gen");
  sentence.lines[1].misc.emplace_back("tb.own\\scolumn", "a\\pb");
  SentenceRows rows{facts_of(sentence, Origin::file), {}, {}};
  columns.fill_cells(sentence, rows);
  const auto cell = [&](std::size_t row, std::string_view name) {
    return rows
        .cells[row][static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin())];
  };
  for (const auto& [column, value] :
       std::vector<std::pair<std::string, std::string>>{{"tid", "1"},
                                                        {"FID", "2"},
                                                        {"sentence_id", "1"},
                                                        {"token_id", "1"},
                                                        {"location", "(1:1:1:2)"},
                                                        {"word_id", "1"},
                                                        {"tok_id", "2"},
                                                        {"sentence_word", "1"},
                                                        {"uthmani_unicode", "somi"},
                                                        {"pos_ar", "اسم"},
                                                        {"rpos", "حرف جر"},
                                                        {"root", "smw"},
                                                        {"root_ar", "سمو"},
                                                        {"lemma", "_"},
                                                        {"lemma_ar", "ـ"},
                                                        {"pgn", "M"},
                                                        {"gender", "M"},
                                                        {"nominal_case", "GEN"},
                                                        {"segment", "STEM"},
                                                        {"prefix", "_"},
                                                        {"rel_label", "gen"},
                                                        {"rel_label_ar", "مجرور"},
                                                        {"ref_token_id", "0"},
                                                        {"is_constituent", "0"},
                                                        {"head_rel", "0"},
                                                        {"own column", "a|b"}}) {
    const auto& name = column;  // clang 14: CAPTURE takes no structured binding
    CAPTURE(name);
    CHECK(cell(1, name) == value);
  }
  CHECK(cell(0, "prefix") == "bi+");
  CHECK(cell(0, "is_constituent") == "-1");
  CHECK(cell(0, "own column") == "_");
  for (Line& line : sentence.lines) line.misc.resize(2);
  columns.add_attributes(rows, sentence);
  CHECK(sentence.lines[0].misc.size() == 3);
  CHECK(sentence.lines[1].misc.size() == 4);
}
