#include "importers/xml_reader.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <exception>
#include <new>

namespace kalima::importers {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Tag {
  XmlReader::Event event = XmlReader::Event::finished;
  std::string name;
  XmlReader::Attributes attributes;
  std::size_t line = 0;
};

}  // namespace

// expat reads a piece of the file until it has called a handler, and pauses there until the next tag is requested. No
// exception may pass through its C code: a handler stores the exception and stops expat for good.
class XmlReader::Parser {
 public:
  explicit Parser(SourceStream& file) : file_(file), parser_(XML_ParserCreate("UTF-8")) {
    if (parser_ == nullptr) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetStartCdataSectionHandler(parser_.get(), on_cdata);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    XML_SetDefaultHandler(parser_.get(), on_other);
    // It must not wait for more of a tag than the limit allows.
    XML_SetReparseDeferralEnabled(parser_.get(), XML_FALSE);
  }

  void next() {
    if (!tags_.empty()) tags_.pop_front();
    while (tags_.empty()) {
      const XML_Status status = paused_ ? XML_ResumeParser(parser_.get()) : parse_piece();
      if (failure_) std::rethrow_exception(failure_);
      if (status == XML_STATUS_ERROR) fail_as_expat_says();
      paused_ = status == XML_STATUS_SUSPENDED;
      if (paused_) continue;
      if (ended_) tags_.emplace_back().line = line();
      if (given_ - parsed_ > max_tag) fail_as_too_large();
    }
  }

  const Tag& tag() const { return tags_.front(); }

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  XML_Status parse_piece() {
    const auto piece = file_.next();
    ended_ = !piece;
    if (ended_) return XML_Parse(parser_.get(), "", 0, XML_TRUE);
    given_ += piece->size();
    return XML_Parse(parser_.get(), piece->data(), static_cast<int>(piece->size()), XML_FALSE);
  }

  // Runs the work of a handler.
  template <typename Action>
  static void handle(void* self, Action action) {
    auto& parser = *static_cast<Parser*>(self);
    if (parser.failure_) return;  // expat may call another handler before it stops
    try {
      parser.pass();
      action(parser);
    } catch (...) {
      parser.failure_ = std::current_exception();
      XML_StopParser(parser.parser_.get(), XML_FALSE);
    }
  }

  static void XMLCALL on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
    handle(self, [&](Parser& parser) { parser.start(name, attributes); });
  }
  static void XMLCALL on_end(void* self, const XML_Char* name) {
    handle(self, [&](Parser& parser) { parser.end(name); });
  }
  static void XMLCALL on_text(void* self, const XML_Char* text, int size) {
    handle(self, [&](Parser& parser) {
      if (!std::all_of(text, text + size, is_space))
        parser.fail("text between the tags; expected elements with attributes only");
    });
  }
  static void XMLCALL on_cdata(void* self) {
    handle(self,
           [](Parser& parser) { parser.fail("CDATA is not read; expected elements with attributes only"); });
  }
  // Comments, and what else has no handler.
  static void XMLCALL on_other(void* self, const XML_Char*, int) {
    handle(self, [](Parser&) {});
  }
  static void XMLCALL on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    handle(self, [](Parser& parser) { parser.fail("document type declarations are not read; remove it"); });
  }

  // What a handler is called for has been parsed.
  void pass() {
    const auto size = static_cast<std::size_t>(XML_GetCurrentByteCount(parser_.get()));
    if (size > max_tag) fail_as_too_large();
    parsed_ = static_cast<std::size_t>(XML_GetCurrentByteIndex(parser_.get())) + size;
  }

  void start(const XML_Char* name, const XML_Char** attributes) {
    if (open_.size() >= max_depth) fail(fmt::format("elements nested deeper than {}", max_depth));
    open_.emplace_back(name);
    Tag& tag = add(Event::start, name);
    for (; *attributes != nullptr; attributes += 2) {
      if (tag.attributes.size() == max_attributes)
        fail(fmt::format("<{}> has more than {} attributes", name, max_attributes));
      tag.attributes.emplace_back(attributes[0], attributes[1]);
    }
  }

  void end(const XML_Char* name) {
    open_.pop_back();
    add(Event::end, name);
  }

  Tag& add(Event event, const XML_Char* name) {
    // Both tags of <a/> come before expat stops.
    if (tags_.empty()) XML_StopParser(parser_.get(), XML_TRUE);
    return tags_.emplace_back(Tag{event, name, {}, line()});
  }

  std::size_t line() const { return static_cast<std::size_t>(XML_GetCurrentLineNumber(parser_.get())); }

  [[noreturn]] void fail(const std::string& message) const {
    file_.fail(line(), static_cast<std::size_t>(XML_GetCurrentColumnNumber(parser_.get())) + 1, message);
  }

  [[noreturn]] void fail_as_too_large() const {
    file_.fail(line(), fmt::format("a tag or comment of more than {} MiB begins here", max_tag >> 20),
               "is a quotation mark or the end of a comment, -->, missing?");
  }

  [[noreturn]] void fail_as_expat_says() const {
    const XML_Error error = XML_GetErrorCode(parser_.get());
    switch (error) {
      case XML_ERROR_NO_MEMORY:
        throw std::bad_alloc();
      case XML_ERROR_NO_ELEMENTS:
        fail(open_.empty() ? "no element found"
                           : fmt::format("</{}> is missing; is the file cut off?", open_.back()));
      case XML_ERROR_TAG_MISMATCH:
        fail(fmt::format("another end tag where </{}> is expected", open_.back()));
      case XML_ERROR_UNCLOSED_TOKEN:
        fail("a tag, a value or a comment is not closed; is the file cut off?");
      case XML_ERROR_DUPLICATE_ATTRIBUTE:
        fail("a second attribute of this name");
      case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        fail("something follows the end of the outermost element; expected nothing more");
      case XML_ERROR_UNDEFINED_ENTITY:
        fail("an unknown entity; expected amp, lt, gt, quot, apos or a character's number");
      case XML_ERROR_BAD_CHAR_REF:
        fail("a reference to a character that XML does not allow");
      default:
        fail(fmt::format("not well-formed XML ({})", XML_ErrorString(error)));
    }
  }

  SourceStream& file_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  std::size_t given_ = 0, parsed_ = 0;  // bytes: given to expat, and up to where handlers were called
  bool paused_ = false, ended_ = false;
  std::exception_ptr failure_;
  std::vector<std::string> open_;
  std::deque<Tag> tags_;  // the first is the one that next() has read
};

XmlReader::XmlReader(SourceStream& file) : parser_(std::make_unique<Parser>(file)) {}
XmlReader::~XmlReader() = default;

XmlReader::Event XmlReader::next() {
  parser_->next();
  return parser_->tag().event;
}

std::string_view XmlReader::name() const { return parser_->tag().name; }
const XmlReader::Attributes& XmlReader::attributes() const { return parser_->tag().attributes; }
std::size_t XmlReader::line() const { return parser_->tag().line; }

const std::string* XmlReader::attribute(std::string_view name) const {
  const Attributes& all = attributes();
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.first == name; });
  return it == all.end() ? nullptr : &it->second;
}

}  // namespace kalima::importers
