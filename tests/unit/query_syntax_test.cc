// The parser and the printer of the query language.
#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "query/syntax/parser.h"
#include "query/syntax/printer.h"
#include "query_texts.h"
#include "shared_data.h"
#include "testing.h"

using namespace kalima;
using namespace kalima::query;

namespace {

struct Read {
  const char *text, *printed;
};

// What the parser complains of.
Complaint complaint(const std::string& text) {
  try {
    parse(text);
  } catch (const QueryError& e) {
    return e.complaint();
  }
  return {};
}

}  // namespace

TEST_CASE("every construct is read and written back") {
  for (const std::string& text : testing::every_construct) {
    CAPTURE(text);
    std::string printed;
    REQUIRE_NOTHROW(printed = print(parse(text)));
    CAPTURE(printed);
    CHECK(print(parse(printed)) == printed);
  }
}

TEST_CASE("one way to write each thing") {
  constexpr auto cases = std::to_array<Read>({
      {"'a'", "\"a\""},
      {"'a\"b'", "'a\"b'"},
      {R"('a\'b')", R"("a'b")"},
      {"[ pos = 'V'&person!='3' ]", "[pos=\"V\" & person!=\"3\"]"},
      {"[]{1, 2}", "[]{1,2}"},
      {"[]{,2}", "[]{0,2}"},
      {"[]{0,1}", "[]?"},
      {"{}{2}", "{}{2}"},
      {"{} {pos='N'}", "{} {pos=\"N\"}"},
      {"{1.root=root} {}", "{(1.root=root)} {}"},
      {"a:'x'+", "a:\"x\"+"},
      {"(a:'x')+", "(a:\"x\")+"},
      {"'a' | 'b' 'c' & 'd'", "\"a\" | \"b\" \"c\" & \"d\""},
      {"('a' | 'b') 'c'", "(\"a\" | \"b\") \"c\""},
      {"'a' within 'b' within 'c'", "\"a\" within \"b\" within \"c\""},
      {"('a' within 'b') within 'c'", "(\"a\" within \"b\") within \"c\""},
      {"'a' !containing <s/>", "\"a\" !containing <s/>"},
      {"[] within 3 verse :: a.x='1'", "[] within 3 verse :: a.x=\"1\""},
      {"[] within 10", "[] within 10"},
      {"[] within s", "[] within s"},
      {"1:[] 2:[] & 1.lemma = 2.lemma", "1:[] 2:[] :: 1.lemma=2.lemma"},
      {"1:[] & f(1.lemma) >= 10", "1:[] :: f(1.lemma) >= 10"},
      {"a:[] :: start(a)<-1 -> !a.x!='2'", "a:[] :: start(a) < -1 -> !a.x!=\"2\""},
      {"_ -a-> _ ; -b-> _ -c-> 'x' ; !-d-> _", "_ -a-> _ ; -b-> _ -c-> \"x\" ; !-d-> _"},
      {"_ -a-> (_ -b-> _) ; -c-> _", "_ -a-> (_ -b-> _) ; -c-> _"},
      {"_-nsubj->_", "_ -nsubj-> _"},
      {"a:{} -\"subj <<kan>>\"->> {2,3} b:_", "a:{} -\"subj <<kan>>\"->>{2,3} b:_"},
      {"[] -subj<<in>>-> []", "[] -\"subj<<in>>\"-> []"},
      {"'x' <<-- 'y' <-Subj-? 'z'", "\"x\" <<-- \"y\" <-Subj-? \"z\""},
      {"^-root-> 'x'", "^-root-> \"x\""},
      {"^--> x:_ --> _", "^--> x:_ --> _"},
      {"'dogs' e:-nsubj-> 'x'", "\"dogs\" e:-nsubj-> \"x\""},
      {"<verse> [] </verse>", "<verse> [] </verse>"},
      {"<surah n=2 place='Meccan'/>", "<surah n=2 place=\"Meccan\"/>"},
      {"<juz n=in[1,3]/>", "<juz n=in[1,3]/>"},
      {"(?longest) @class=dep []", "(?longest) @class=dep []"},
      {"MU (meet 'a' not 'b' -2 1)", "(meet \"a\" not \"b\" -2 1)"},
      {"(meet (union 'a' 'b') 'c' s)", "(meet (union \"a\" \"b\") \"c\" s)"},
      {"(?<! [pos=\"NEG\"]) [mood=\"JUS\"]", "(?<! [pos=\"NEG\"]) [mood=\"JUS\"]"},
      {"rspan('a' --> 'b', 'full')", "rspan(\"a\" --> \"b\", \"full\")"},
      {"repeat( []{2},n ≥ 3 , by='x y', d : differ≤1)", "repeat([]{2}, n>=3, by=\"x y\", d:differ<=1)"},
      {"similar('2:47', by = lemma, similarity>=50)", "similar(\"2:47\", by=lemma, similarity>=50)"},
      {"[n ≠ 3]", "[n!=3]"},
      {"@[] []", "@[] []"},
      {"a:@[]", "@a:[]"},
      {"!'a' !('b'+)", "!\"a\" !\"b\"+"},
      {"[a -> b='1' | c='2' & d='3']", "[a -> b=\"1\" | c=\"2\" & d=\"3\"]"},
      {"[(a='1' | b='2') & !(c='3')]", "[(a=\"1\" | b=\"2\") & !c=\"3\"]"},
      {"[x not contains 'a' & y matches l'b'%cd]", "[x not contains \"a\" & y matches l\"b\"%cd]"},
      {"[lemma=$names]", "[lemma=$names]"},
      {"[] # a comment\n /* and another */ []", "[] []"},
      {"\"x\";", "\"x\""},
      {"pattern { X [upos=V]; X -[Subj|Obj]-> Y }", "X:{pos=\"V\"} -Subj|Obj-> Y:{}"},
      {"pattern { Y [!root]; X -> Y; Y << X }", "Y:{root=l\"\"} <-- X:{} :: order(Y) < order(X)"},
      {"pattern { X -> Y } without { Y -> Z }", "X:{} --> Y:{} !--> (Z:{} :: order(Z)!=order(X))"},
      {"match { X ->> Y } with { X -> * }", "(X:{} --> _) -->> Y:{}"},
  });
  for (const Read& read : cases) {
    CAPTURE(read.text);
    std::string printed;
    REQUIRE_NOTHROW(printed = print(parse(read.text)));
    CHECK(printed == read.printed);
  }
}

TEST_CASE("an error says where, what was expected, and what to write") {
  struct Wrong {
    const char* text;
    std::size_t begin;
    const char *expected, *hint;
  };
  constexpr auto cases = std::to_array<Wrong>({
      {"", 0, "a word [...]", ""},
      {"[pos=\"V\"", 8, "']' to close the word", ""},
      {"[pos=\"V]", 5, "\"", ""},
      {"[pos \"V\"]", 5, "=", ""},
      {"(\"a\" \"b\"", 8, "')' to close the group", ""},
      {"[]{3,2}", 2, "", ""},
      {"[]{2", 4, "'}' to close the count", ""},
      {"[] ->Subj []", 3, "a word [...]", "a -Subj-> b"},
      {"[] >nsubj []", 3, "a word [...]", "a -Subj-> b"},
      {"[[pos=\"V\"]]", 0, "one '['", "one pair of brackets"},
      {"[] expand to s", 3, "a word [...]", "expand to"},
      {"[] [] cut 5", 6, "a word [...]", "'cut'"},
      {"[] . []", 3, "a word [...]", "without a dot"},
      {"[] #1", 3, "a word [...]", "labels"},
      {"kitab", 0, "a word [...]", "\"kitab\""},
      {"\"a\"%x", 3, "%c", ""},
      {"/* x", 0, "*/", ""},
      {"<verse", 6, "an attribute of the region", ""},
      {"_ -a \"x\"", 3, "->", ""},
      {"[] within", 9, "a region such as verse", ""},
      {"(meet [] [] 1)", 13, "the last distance in words", ""},
      {"a:[] :: a.", 10, "an attribute", ""},
      {"repeat(n=3, [])", 12, "another option", "comes before its options"},
      {"repeat(n>=)", 10, "a number", ""},
      {"[]{1,99999999}", 5, "", ""},
  });
  for (const Wrong& wrong : cases) {
    CAPTURE(wrong.text);
    const Complaint found = complaint(wrong.text);
    CAPTURE(found.message);
    REQUIRE_FALSE(found.message.empty());
    CHECK(found.place.begin == wrong.begin);
    if (*wrong.expected != '\0') {
      REQUIRE_FALSE(found.expected.empty());
      const std::string all = [&] {
        std::string joined;
        for (const std::string& one : found.expected) joined += one + '\n';
        return joined;
      }();
      CHECK(all.find(wrong.expected) != std::string::npos);
    }
    CAPTURE(found.hint);
    CHECK(found.hint.find(wrong.hint) != std::string::npos);
  }
}

TEST_CASE("the caret is below the place, in code points") {
  try {
    parse("[root=\"رحم\"] [pos \"V\"]");
    FAIL("no error");
  } catch (const QueryError& e) {
    CHECK(e.place().column == 19);
    CHECK(e.shown() == "[root=\"رحم\"] [pos \"V\"]\n                  ^\n");
  }
}

TEST_CASE("hostile texts end in an error") {
  CHECK(testing::error_of([] { parse(std::string(70'000, '[')); }) == ErrorCode::too_large);
  for (const char* sign :
       {"(", "!", "[!(", "a:(", "[] -x-> (", "(?= ", "_ --> ", "f(", "[x -> ", "[] within "}) {
    std::string text;
    while (text.size() + 10 < max_query) text += sign;
    CAPTURE(sign);
    CHECK(testing::error_of([&] { parse(text); }).has_value());
  }
  CHECK(testing::error_of([] { parse("\xC3"); }) == ErrorCode::bad_input);
  CHECK(testing::error_of([] { parse(std::string("[]\0[]", 5)); }) == ErrorCode::bad_input);
  // Long, but sound.
  std::string text = "\"a\"";
  while (text.size() + 10 < max_query) text += " | \"b\"";
  CHECK_NOTHROW(parse(text));
}

TEST_CASE("names that are near") {
  CHECK(nearest("lema", {"lemma", "root", "form"}) == std::vector<std::string>{"lemma"});
  CHECK(nearest("Roto", {"root", "form"}) == std::vector<std::string>{"root"});
  CHECK(nearest("xyz", {"root", "form"}).empty());
  CHECK(did_you_mean({"a", "b", "c"}) == "did you mean a, b or c?");
}
