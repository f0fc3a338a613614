#include "support/nearest.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using kalima::did_you_mean;
using kalima::edit_distance;
using kalima::nearest;

TEST_CASE("distance counts insertions, deletions, replacements and exchanges") {
  CHECK(edit_distance(U"", U"") == 0);
  CHECK(edit_distance(U"", U"abc") == 3);
  CHECK(edit_distance(U"serve", U"serv") == 1);
  CHECK(edit_distance(U"serve", U"sevre") == 1);
  CHECK(edit_distance(U"kitten", U"sitting") == 3);
  CHECK(edit_distance(U"Verse", U"vERSE") == 0);
  CHECK(edit_distance(U"الجذر", U"الجدر") == 1);
  CHECK(edit_distance(U"ca", U"abc") == 3);  // letters between exchanged ones are not allowed
}

TEST_CASE("the closest names come first, and far ones not at all") {
  const std::vector<std::string_view> names{"import", "serve", "export", "backup", "check", "root", "lemma"};
  CHECK(nearest("serv", names) == std::vector<std::string>{"serve"});
  CHECK(nearest("exprot", names) == std::vector<std::string>{"export"});
  CHECK(nearest("IMPORT", names) == std::vector<std::string>{"import", "export"});
  CHECK(nearest("ba", names) == std::vector<std::string>{"backup"});  // what is begun
  CHECK(nearest("impoxt", names) == std::vector<std::string>{"import"});
  for (const std::string& far :
       {std::string(), std::string("x"), std::string("zebra"), std::string(65, 'a')}) {
    CAPTURE(far);
    CHECK(nearest(far, names).empty());
  }
}

TEST_CASE("the question names one or several") {
  CHECK(did_you_mean({}).empty());
  CHECK(did_you_mean({"a"}) == "did you mean a?");
  CHECK(did_you_mean({"a", "b"}) == "did you mean a or b?");
  CHECK(did_you_mean({"a", "b", "c"}) == "did you mean a, b or c?");
}
