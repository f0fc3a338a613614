#include "importers/xml_reader.h"

#include <fstream>

#include "support/files.h"
#include "testing.h"

using namespace kalima;
using importers::SourceStream;
using importers::XmlReader;

namespace {

// The tags as one line: "<a x=1> </a>", or the message of the error without the file's name.
std::string read(std::string_view xml) {
  const testing::TemporaryFolder folder;
  const auto path = folder / "a.xml";
  std::ofstream(path, std::ios::binary) << xml;
  std::string out;
  try {
    SourceStream file(path, importers::Limit{});
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
  CHECK(read("\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<!-- <b> & - \n --><a x=\"1\" y='2'><b /><b></b "
             "></a><!-- end -->") == "<a x=1 y=2><b></b><b></b></a>");
  CHECK(read("<a x = \"'\" y='\"' z=''/>") == "<a x=' y=\" z=></a>");
  CHECK(read("<a x='&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#x643;'/>") == "<a x=<>&\"'AAك></a>");
  CHECK(read("<a x='one\n two\tthree'/>") == "<a x=one  two three></a>");
  CHECK(read("<a x='one\r\ntwo'>\r\n</a>") == "<a x=one two></a>");
  CHECK(read("<a x='&amp;amp;'/>") == "<a x=&amp;></a>");
}

TEST_CASE("what is not well-formed, or not read, is refused with its line and column") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ":1:1: no element found"},
      {"<!-- only -->", ":1:14: no element found"},
      {"<a>", ":1:4: </a> is missing"},
      {"<a\n\n", ":1:1: a tag, a value or a comment is not closed"},
      {"<a>\n<", ":2:1: a tag, a value or a comment is not closed"},
      {"<a></", ":1:4: a tag, a value or a comment is not closed"},
      {"<a></b>", ":1:6: another end tag where </a> is expected"},
      {"</a>", ":1:2: not well-formed XML"},
      {"<a/><b/>", ":1:5: something follows the end of the outermost element"},
      {"<a/>text", ":1:5: something follows the end of the outermost element"},
      {"<a>\n\ntext</a>", ":3:1: text between the tags"},
      {"<كتب>\n كتب</كتب>", ":2:1: text between the tags"},
      {"<a x></a>", ":1:5: not well-formed XML"},
      {"<a x=1/>", ":1:6: not well-formed XML"},
      {"<a x='كتب' y=1/>", ":1:14: not well-formed XML"},
      {"<a x='1'y='2'/>", ":1:9: not well-formed XML"},
      {"<a x='1' x='2'/>", ":1:10: a second attribute of this name"},
      {"<a x='<'/>", ":1:7: not well-formed XML"},
      {"<a x='1", ":1:1: a tag, a value or a comment is not closed"},
      {"<a x='&'/>", ":1:8: not well-formed XML"},
      {"<a x='&nothing;'/>", ":1:1: an unknown entity"},
      {"<a>&nothing;</a>", ":1:4: an unknown entity"},
      {"<a x='&#;'/>", ":1:9: not well-formed XML"},
      {"<a x='&#x;'/>", ":1:10: not well-formed XML"},
      {"<a x='&#-1;'/>", ":1:9: not well-formed XML"},
      {"<a x='&#xD800;'/>", ":1:7: a reference to a character that XML does not allow"},
      {"<a x='&#x110000;'/>", ":1:7: a reference to a character that XML does not allow"},
      {"<a x='&#999999999999;'/>", ":1:7: a reference to a character that XML does not allow"},
      {"<a x='&#0;'/>", ":1:7: a reference to a character that XML does not allow"},
      {"<a x='\x01'/>", ":1:7: not well-formed XML"},
      {"<1/>", ":1:2: not well-formed XML"},
      {"< a/>", ":1:2: not well-formed XML"},
      {"<a /b>", ":1:5: not well-formed XML"},
      {"\n<!DOCTYPE a><a/>", ":2:12: document type declarations are not read"},
      {"<a><![CDATA[x]]></a>", ":1:4: CDATA is not read"},
      {"<!-- x", ":1:1: a tag, a value or a comment is not closed"},
      {"<?xml", ":1:1: a tag, a value or a comment is not closed"},
      {"<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>", ":1:49: elements nested deeper than 16"},
  };
  for (const auto& one : cases) {
    const std::string_view xml = one.first, message = one.second;
    CAPTURE(xml);
    const std::string got = read(xml);
    CAPTURE(got);
    CHECK(got.starts_with(message));
  }
}

TEST_CASE("nothing that a document declares is expanded or fetched") {
  std::string laughs = "<!DOCTYPE a [<!ENTITY x0 'ha'>";
  for (int i = 1; i < 30; ++i)
    laughs += "<!ENTITY x" + std::to_string(i) + " '&x" + std::to_string(i - 1) + ";&x" +
              std::to_string(i - 1) + ";'>";
  CHECK(read(laughs + "]><a x='&x29;'/>").find("document type declarations are not read") !=
        std::string::npos);
  CHECK(read("<!DOCTYPE a SYSTEM '/etc/hostname'><a/>").find("document type declarations are not read") !=
        std::string::npos);
  CHECK(read("<!DOCTYPE a [<!ATTLIST a x CDATA 'value'>]><a/>")
            .find("document type declarations are not read") != std::string::npos);
}

TEST_CASE("an element has a bounded number of attributes, and many are refused at once") {
  const auto with = [](std::size_t count) {
    std::string xml = "<a";
    for (std::size_t i = 0; i < count; ++i) xml += " x" + std::to_string(i) + "=''";
    return xml + "/>";
  };
  CHECK(read(with(XmlReader::max_attributes)).ends_with("</a>"));
  CHECK(read(with(XmlReader::max_attributes + 1)) == ":1:1: <a> has more than 64 attributes");
  CHECK(read(with(100000)) == ":1:1: <a> has more than 64 attributes");
}

TEST_CASE("a tag and a comment have a size, wherever the pieces of the file end") {
  // Of so many bytes with "<a", the quotation marks and "/>".
  const auto tag = [](std::size_t size, std::string_view unit) {
    std::string xml = "<a x='";
    while (xml.size() + unit.size() <= size - 3) xml += unit;
    xml.resize(size - 3, ' ');
    return xml + "'/>";
  };
  for (const std::string_view unit : {"x", "x\n", "&amp;\n"}) {
    for (const std::size_t block : {std::size_t{64} << 10, std::size_t{1} << 20}) {
      const auto outcome = [&](const std::string& xml) {
        return testing::message_of([&] {
          SourceStream file("f", xml, importers::Limit{.block = block});
          XmlReader reader(file);
          while (reader.next() != XmlReader::Event::finished) {
          }
        });
      };
      const std::string largest = tag(XmlReader::max_tag, unit),
                        too_large = tag(XmlReader::max_tag + 1, unit);
      const std::string comment = "<!--" + std::string(XmlReader::max_tag - 7, 'x') + "-->";
      CHECK(outcome("<b>\n" + largest + comment + largest + "</b>").empty());
      for (const std::string& bad : {too_large, comment.substr(0, 5) + comment.substr(4)}) {
        // Closed, and not.
        for (const std::string& end : {bad.substr(bad.size() - 3) + "\n</b>", std::string("xxxx\n\n")}) {
          CHECK(outcome("<b>\n" + bad.substr(0, bad.size() - 3) + end) ==
                "f:2: a tag or comment of more than 1 MiB begins here");
        }
      }
    }
  }
}

TEST_CASE("what is declared of the encoding does not count: the text was made UTF-8 before") {
  CHECK(read("<?xml version='1.0' encoding='UTF-16'?><a x='كتب'/>") == "<a x=كتب></a>");
  CHECK(read("<?xml version='1.0' encoding='nothing'?><a x='كتب'/>") == "<a x=كتب></a>");
  CHECK(read(std::string_view("\xFF\xFE<\0a\0 \0x\0=\0'\0\x43\x06'\0/\0>\0", 22)) == "<a x=ك></a>");
}

TEST_CASE("a tag ends where it ends, however long it is") {
  const std::string value(300000, 'x');
  CHECK(read("<a x='" + value + "'><b/></a>") == "<a x=" + value + "><b></b></a>");
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
