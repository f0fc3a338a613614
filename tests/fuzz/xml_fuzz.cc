// importers/xml_reader: a file is refused with its line, or its tags are those of one tree.
#include "importers/xml_reader.h"

#include "fuzzing.h"
#include "importers/source_file.h"
#include "small_blocks.h"
#include "support/utf8.h"

using namespace kalima;
using namespace kalima::fuzzing;
using importers::XmlReader;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const MemoryFile bytes({reinterpret_cast<const char*>(data), size});
  refused_or([&] {
    const importers::SourceFile whole(bytes.path(), importers::Limit{});
    // In XML a carriage return ends a line too, unless a line feed follows.
    const std::string_view text = whole.text();
    std::size_t lines = 1;
    for (std::size_t i = 0; i < text.size(); ++i)
      lines += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) ? 1 : 0;
    importers::SourceStream file(bytes.path(), small_blocks);
    XmlReader reader(file);
    std::vector<std::string> open;
    std::size_t elements = 0, before = 1;
    for (XmlReader::Event event; (event = reader.next()) != XmlReader::Event::finished;) {
      FUZZ_CHECK(reader.line() >= before && reader.line() <= lines);
      before = reader.line();
      if (event == XmlReader::Event::end) {
        FUZZ_CHECK(!open.empty() && open.back() == reader.name());
        open.pop_back();
        continue;
      }
      FUZZ_CHECK(!open.empty() || elements == 0);
      ++elements;
      open.emplace_back(reader.name());
      FUZZ_CHECK(!open.back().empty() && open.size() <= XmlReader::max_depth);
      FUZZ_CHECK(reader.attributes().size() <= XmlReader::max_attributes);
      for (const auto& attribute : reader.attributes()) {
        FUZZ_CHECK(!attribute.first.empty() && utf8::valid(attribute.second));
        FUZZ_CHECK(reader.attribute(attribute.first) == &attribute.second);  // none occurs twice
        FUZZ_CHECK(attribute.second.find_first_of("\t\n\r") == std::string::npos ||
                   text.find("&#") != std::string_view::npos);
      }
      FUZZ_CHECK(reader.attribute("no name has a space") == nullptr);
    }
    FUZZ_CHECK(open.empty() && elements > 0);
    return true;
  });
  return 0;
}
