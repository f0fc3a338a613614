#include "importers/xml_reader.h"

#include <fstream>

#include "support/files.h"
#include "testing.h"

using namespace kalima;
using importers::SourceFile;
using importers::XmlReader;

namespace {

// The tags as one line: "<a x=1> </a>", or the message of the error without the file's name.
std::string read(std::string_view xml) {
  const testing::TemporaryFolder folder;
  const auto path = folder / "a.xml";
  std::ofstream(path, std::ios::binary) << xml;
  std::string out;
  try {
    const SourceFile file(path, files::no_limit);
    XmlReader reader(file);
    for (;;) {
      const XmlReader::Event event = reader.next();
      if (event == XmlReader::Event::finished) return out;
      out += event == XmlReader::Event::start ? "<" : "</";
      out += reader.name();
      for (const auto& [name, value] : reader.attributes())
        out.append(" ").append(name).append("=").append(value);
      out += ">";
    }
  } catch (const Error& e) {
    return std::string(e.what()).substr(files::to_utf8(path).size());
  }
}

}  // namespace

TEST_CASE("elements, attributes, entities, comments") {
  CHECK(read("<a/>") == "<a></a>");
  CHECK(read("<a></a>\n") == "<a></a>");
  CHECK(read("\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- <b> & -- \n --><a x=\"1\" y='2'><b /><b></b "
             "></a><!-- end -->") == "<a x=1 y=2><b></b><b></b></a>");
  CHECK(read("<a x = \"'\" y='\"' z=''/>") == "<a x=' y=\" z=></a>");
  CHECK(read("<a x='&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#x643;'/>") == "<a x=<>&\"'AAك></a>");
  CHECK(read("<a x='one\n two\tthree'/>") == "<a x=one  two three></a>");
  CHECK(read("<a x='&amp;amp;'/>") == "<a x=&amp;></a>");
}

TEST_CASE("what is not well-formed, or not read, is refused with its line") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ": there is no element"},
      {"<!-- only -->", ":1: there is no element"},
      {"<a>", ":1: </a> is missing"},
      {"<a\n\n", ":3: a tag is not closed"},
      {"<", ":1: a tag is not closed"},
      {"</", ":1: a tag is not closed"},
      {"<a></b>", ":1: </b> where </a> is expected"},
      {"</a>", ":1: </a> ends nothing"},
      {"<a/><b/>", ":1: a second element"},
      {"<a/>text", ":1: text between the tags"},
      {"<a>\n\ntext</a>", ":3: text between the tags"},
      {"<a x></a>", ":1: expected \"=\""},
      {"<a x=1/>", ":1: expected an attribute's value in quotes"},
      {"<a x='1'y='2'/>", ":1: expected a blank"},
      {"<a x='1' x='2'/>", ":1: the attribute \"x\" stands twice"},
      {"<a x='<'/>", ":1: \"<\" in an attribute's value"},
      {"<a x='1", ":1: an attribute's value is not closed"},
      {"<a x='&'/>", ":1: \"&\" begins no entity"},
      {"<a x='&nothing;'/>", ":1: the entity \"&nothing;\" is not known"},
      {"<a x='&#;'/>", ":1: the entity"},
      {"<a x='&#x;'/>", ":1: the entity"},
      {"<a x='&#-1;'/>", ":1: the entity"},
      {"<a x='&#xD800;'/>", ":1: the entity"},
      {"<a x='&#x110000;'/>", ":1: the entity"},
      {"<a x='&#99999999;'/>", ":1: the entity"},
      {"<a x='&#999999999999;'/>", ":1: \"&\" begins no entity"},
      {"<a x='&#0;'/>", ":1: the entity"},
      {"<a x='\x01'/>", ":1: a control character"},
      {"<1/>", ":1: expected a name"},
      {"< a/>", ":1: expected a name"},
      {"<a /b>", ":1: expected a name"},
      {"\n<!DOCTYPE a>", ":2: document type declarations"},
      {"<a><![CDATA[x]]></a>", ":1: document type declarations and CDATA"},
      {"<!-- x", ":1: a comment is not closed"},
      {"<?xml", ":1: a processing instruction is not closed"},
      {"<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>", ":1: elements nested deeper than 16"},
  };
  for (const auto& one : cases) {
    const std::string_view xml = one.first, message = one.second;
    CAPTURE(xml);
    const std::string got = read(xml);
    CAPTURE(got);
    CHECK(got.find(message.starts_with(": ") ? message.substr(1) : message) != std::string::npos);
  }
}

TEST_CASE("no damage of a file brings the reader out of step") {
  const std::string good = "<?xml version='1.0'?><!-- c --><q><s i=\"1\"><a i='2' t=\"&amp;x\"/></s></q>";
  testing::Random random(3);
  const std::string_view letters = "<>/='\"&;#x!-?\n aq";
  for (int i = 0; i < 300; ++i) {
    std::string bad = good.substr(0, random.between(0, good.size()));
    for (std::size_t n = random.below(4); n > 0 && !bad.empty(); --n)
      bad[random.below(bad.size())] = letters[random.below(letters.size())];
    const std::string got = read(bad);
    // Either all of it was read, with as many ends as starts, or an error names its place.
    if (got.starts_with(':')) continue;
    std::size_t starts = 0, ends = 0;
    for (std::size_t at = 0; (at = got.find('<', at)) != std::string::npos; ++at) {
      (got.compare(at, 2, "</") == 0 ? ends : starts) += 1;
    }
    CAPTURE(bad);
    CHECK(starts == ends);
  }
}
