// The starter corpus: reading its format, what it refuses, what comes out of the files in the program.
#include "importers/starter.h"

#include "api/legacy/verses/verse_json.h"
#include "app/browser.h"
#include "importers/starter_word.h"
#include "store/corpus_reader.h"
#include "testing.h"

namespace kalima::testing {
namespace {

using importers::SourceFile;

constexpr std::string_view time = "2026-01-31T12:00:00.000000";
const std::string head = "surah 1 الفاتحة\nbasmala verse\n";
const std::string verse = "verse 1\nen In the name of God.\n";
const std::string word = "بِ+سْمِ\tbi+ N {som/smw M GEN\n";

std::vector<corpus::Verse> read(const std::string& text) {
  return read_starter(SourceFile("f.txt", text), time).verses;
}

std::string refusal(const std::string& text) {
  return message_of([&] { read(text); });
}

TEST_CASE("a verse has its words, segments, text and English") {
  const auto verses = read("# a comment\n\n" + head + verse + word +
                           "ٱللَّهِ\tPN {ll~ah/Alh GEN\nverse 2\nen Two\nلَمْ\tNEG lam/\n");
  REQUIRE(verses.size() == 2);
  const corpus::Verse& first = verses[0];
  CHECK(first.surah == 1);
  CHECK(first.ayah == 1);
  CHECK(first.surah_name == "الفاتحة");
  CHECK(first.text == "بِسْمِ ٱللَّهِ");
  REQUIRE(first.words.size() == 2);
  CHECK(first.words[0].id == 1);
  CHECK(*first.words[0].form == "بِسْمِ");
  REQUIRE(first.words[0].segments.size() == 2);
  CHECK(
      api::legacy::to_json(first.words[0].segments[0]) ==
      json::parse(
          R"({"id":"1.1","form":"بِ","type":"prefix","pos":"P","root":null,"lemma":null,"features":"PREFIX|bi+"})"));
  CHECK(api::legacy::to_json(first.words[0].segments[1]) ==
        json::parse(R"({"id":"1.2","form":"سْمِ","type":"stem","pos":"N","root":"smw","lemma":"{som",)"
                    R"("features":"STEM|POS:N|LEM:{som|ROOT:smw|M|GEN"})"));
  CHECK(
      json::ordered(api::legacy::to_json(verses[1]).find("translations")->as_array()->front()) ==
      R"({"language":"en","text":"Two","author":"Kalima","id":"tr-1","created_at":"2026-01-31T12:00:00.000000"})");
  CHECK(api::legacy::to_json(first).find("annotations")->as_array()->empty());
}

TEST_CASE("line ends and a byte order mark of other systems give the same") {
  std::string text = head + verse + word;
  const auto expected = api::legacy::to_json(read(text)[0]);
  CHECK(api::legacy::to_json(read(text.substr(0, text.size() - 1))[0]) == expected);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, "\r");
  CHECK(api::legacy::to_json(read("\xEF\xBB\xBF" + text)[0]) == expected);
}

TEST_CASE("prefixes, stems and suffixes of every kind") {
  const auto segments = [](const std::string& form, const std::string& analysis) {
    std::string out;
    for (const corpus::Segment& s : importers::starter_word(form + "\t" + analysis, 3).segments) {
      out += *s.type + " " + *s.pos + " " + *s.features + "; ";
    }
    return out;
  };
  CHECK(segments("س+ن", "sa+ V IMPF 1P") == "prefix FUT PREFIX|sa+; stem V STEM|POS:V|IMPF|1P; ");
  CHECK(segments("و+ن+ي", "w:CONJ+ V IMPF (IV) a/b SP:kaAn 3MS JUS +PRON:1S") ==
        "prefix CONJ PREFIX|w:CONJ+; stem V STEM|POS:V|IMPF|(IV)|LEM:a|ROOT:b|SP:kaAn|3MS|MOOD:JUS; suffix "
        "PRON SUFFIX|PRON:1S; ");
  CHECK(segments("و+ن+ي", "N PP +n:EMPH +VOC") ==
        "stem N STEM|POS:N|PASS|PCPL; suffix EMPH SUFFIX|+n:EMPH; suffix VOC SUFFIX|+VOC; ");
  CHECK(segments("و+ن", "N AP SUBJ +l:P+") == "stem N STEM|POS:N|ACT|PCPL|MOOD:SUBJ; suffix P SUFFIX|l:P+; ");
  CHECK(segments("م+م", "P min/ & REL maA/") == "stem P STEM|POS:P|LEM:min; stem REL STEM|POS:REL|LEM:maA; ");
  CHECK(segments("م", "PRON /r") == "stem PRON STEM|POS:PRON|ROOT:r; ");
}

TEST_CASE("what is wrong in a word line is said") {
  const auto says = [](const std::string& line, const char* part) {
    const std::string message = message_of([&] { importers::starter_word(line, 1); });
    CHECK_MESSAGE(message.find(part) != std::string::npos, line << " -> " << message);
  };
  says("بسم", "a tab");
  says("بسم\t", "one space");
  says("بسم\tN  M", "one space");
  says("بسم\tN M ", "one space");
  says("بسم\tnoun", "a part of speech");
  says("بسم\tN m", "a feature");
  says("بسم\tN (4)", "a feature");
  says("بسم\tN (", "a feature");
  says("بسم\tN SP:", "a feature");
  says("بسم\tN a/b c/d", "a second");
  says("بسم\tN a/b/c", "LEMMA/ROOT");
  says("ب+سم\tbi+", "a stem");
  says("ب+سم\txx+ N", "unknown prefix");
  says("ب+سم\t:CONJ+ N", "expected a prefix");
  says("ب+سم\tw:conj+ N", "expected a prefix");
  says("ب+سم\tN +x", "unknown suffix");
  says("ب+سم\tN +PRON:", "unknown suffix");
  says("ب+سم\tN +VOC M", "expected a suffix");
  says("ب+سم\tN &", "a stem");
  says("بسم\tbi+ N", "1 parts, the analysis 2 segments");
  says("ب++سم\tbi+ N", "3 parts");
  says("ب+\tbi+ N", "Arabic letters");
  says("b\tN", "Arabic letters");
  says("بسم \tN", "Arabic letters");
  says("بسمۖ\tN", "Arabic letters");
}

TEST_CASE("what is wrong in a file is said with its line") {
  CHECK(read(head + verse + word).size() == 1);
  const auto says = [](const std::string& text, const char* begins) {
    const std::string message = refusal(text);
    CHECK_MESSAGE(message.starts_with(begins), message);
  };
  says("", "f.txt: expected a verse");
  says(head, "f.txt:2: expected a verse");
  says(head + verse, "f.txt:4: verse 1 has no words");
  says(head + verse + word + "verse 3\n", "f.txt:6: expected verse 2, found 3");
  says(head + verse + "verse 2\n", "f.txt:5: verse 1 has no words");
  says(head + word, "f.txt:3: a word line before");
  says(head + "verse 1\n" + word, "f.txt:4: a word line before");
  says(head + verse + word + "en Again\n", "f.txt:6: unexpected line");
  says(head + "verse 1\nen\n", "f.txt:4: expected the verse's English");
  says(head + "verse 01x\n", "f.txt:3: expected a number from 1 to 286");
  says(head + "verse 99999999999999999999\n", "f.txt:3: expected a number from 1 to 286");
  says("surah 0 x\n", "f.txt:1: expected a number from 1 to 114");
  says("surah 1\n", "f.txt:1: expected the surah's name");
  says("basmala verse\n", "f.txt:1: expected \"surah NUMBER NAME\" first");
  says("surah 1 x\nverse 1\n", "f.txt:2: expected a line \"basmala\"");
  says("surah 1 x\nbasmala\n", "f.txt:2: expected \"basmala verse\"");
  says("surah 1 x\nbasmala verse x\n", "f.txt:2: expected \"basmala verse\"");
  says("surah 1 x\nbasmala before x y\n", "f.txt:2: expected \"basmala verse\"");
  says(head + "surah 2 x\n", "f.txt:3: unexpected line");
  says(head + verse + word + "ten\n", "f.txt:6: unexpected line");
  says(head + verse + "\xD8\n", "f.txt:5: not valid UTF-8");
  says(head + verse + "بسم\n", "f.txt:5: expected FORM, a tab");
}

TEST_CASE("trees of a surah") {
  const std::string words = "لَمْ\tNEG lam/\nيَلِدْ+هُ\tV IMPF walada/wld 3MS JUS +PRON:3MS\n";
  const auto trees = [](const std::string& text) {
    return read_starter(SourceFile("f.txt", text), time).sentences;
  };
  CHECK(trees(head + verse + words).empty());
  const auto sentences = trees(head + verse + words + "tree root neg+Obj (هُوَ):2\n");
  REQUIRE(sentences.size() == 1);
  const auto& nodes = sentences.front();
  REQUIRE(nodes.size() == 4);
  CHECK(nodes[2].relation == "Obj");
  CHECK(nodes[2].head == 1);
  CHECK(nodes[3].relation == "Subj");
  CHECK(nodes[3].head == 1);
  CHECK_FALSE(nodes[3].place.has_value());
  REQUIRE(nodes[1].phrase.has_value());
  CHECK(nodes[1].phrase->last == 3);
  const auto says = [&](const std::string& lines, const std::string& part) {
    const std::string message = message_of([&] { trees(head + verse + words + lines); });
    CHECK_MESSAGE(message.find(part) != std::string::npos, message);
  };
  says("more root neg+Obj\n", "expected \"tree\" before \"more\"");
  says("tree root\n", "verse 1 has 2 words, its trees have 1");
  says("tree root neg+Obj Subj\n", "\"Subj\" is one more");
  says("tree root neg\n", "fewer items than the word has segments");
  says("tree root neg+Obj+Poss\n", "more items than the word has segments");
  says("tree root neg+Obj:3\n", "has no head \"3\"");
  says("tree root neg+Obj:x\n", "expected a head such as");
  says("tree root neg+Obj:h\n", "has no head \"h\"");
  says("tree root neg:2+Obj\n", "has no head");
  says("tree root neg+Obj (هُوَ)V:2\n", "expected TAG=RELATION");
  says("tree root neg+Obj ()\n", "expected a form in parentheses");
  says("tree root root+Obj\n", "is not one tree");
  says("tree root neg:2s+Obj\n", "is not one tree");
}

TEST_CASE("the files in the program become a database") {
  const TemporaryFolder folder;
  importers::Counts counts;
  {
    store::CorpusWriter writer(folder / "s.db");
    counts = import_starter(importers::starter_texts(), time, writer, no_progress);
    writer.finish();
  }
  CHECK(importers::starter_texts().size() == 23);
  CHECK(counts.surahs == 23);
  CHECK(counts.verses == 164);
  CHECK(counts.words == 714);
  CHECK(counts.segments == 1147);
  CHECK(counts.translations == 164);
  CHECK(counts.research == 0);
  CHECK(counts.treebank_rows == 1280);
  CHECK(counts.treebank_verses == 164);
  const store::CorpusReader reader(folder / "s.db");
  CHECK(reader.verse_count() == 164);
  CHECK(reader.meta("corpus.source") == "starter");
}

TEST_CASE("a verse in two files is refused") {
  const TemporaryFolder folder;
  const std::string text = head + verse + word;
  const importers::StarterText twice[] = {{"a.txt", text}, {"b.txt", text}};
  store::CorpusWriter writer(folder / "s.db");
  CHECK(message_of([&] { import_starter(twice, time, writer, no_progress); }) ==
        "b.txt: verse 1:1 is in two files");
}

TEST_CASE("addresses to show and to open") {
  CHECK(app::server_address("127.0.0.1", 8080) == "http://127.0.0.1:8080/");
  CHECK(app::server_address("::1", 1) == "http://[::1]:1/");
  CHECK(app::server_address("0.0.0.0", 1) == "http://0.0.0.0:1/");
  CHECK(app::browser_address("0.0.0.0", 1) == "http://127.0.0.1:1/");
  CHECK(app::browser_address("::", 1) == "http://[::1]:1/");
  CHECK(app::browser_address("[::1]", 1) == "http://[::1]:1/");
  CHECK(app::browser_address("localhost", 99) == "http://localhost:99/");
}

}  // namespace
}  // namespace kalima::testing
