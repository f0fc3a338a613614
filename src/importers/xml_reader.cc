#include "importers/xml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "support/utf8.h"

namespace kalima::importers {
namespace {

constexpr std::size_t max_depth = 16;
constexpr std::size_t longest_reference = 10;  // "#x10FFFF" and a leading zero or two

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Names of more than ASCII are possible in XML; the files read here have none.
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':'; }
bool in_name(char c) { return begins_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

// The characters that XML 1.0 allows (section 2.2).
bool is_character(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         (c >= 0x10000 && c < 0x110000);
}

char32_t named_entity(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  return 0;
}

char32_t numbered_character(std::string_view digits) {
  int base = 10;
  if (digits.starts_with('x')) {
    base = 16;
    digits.remove_prefix(1);
  }
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return 0;
  return static_cast<char32_t>(value);
}

}  // namespace

const std::string* XmlReader::attribute(std::string_view name) const {
  const auto it =
      std::find_if(attributes_.begin(), attributes_.end(), [&](const auto& a) { return a.first == name; });
  return it == attributes_.end() ? nullptr : &it->second;
}

void XmlReader::skip_space() {
  for (; at_ < text_.size() && is_space(text_[at_]); ++at_) line_ += text_[at_] == '\n';
}

void XmlReader::skip_past(std::string_view end, std::string_view what) {
  const std::size_t found = text_.find(end, at_);
  if (found == std::string_view::npos) fail(fmt::format("{} is not closed; is the file cut off?", what));
  const std::string_view skipped = text_.substr(at_, found - at_);
  line_ += static_cast<std::size_t>(std::count(skipped.begin(), skipped.end(), '\n'));
  at_ = found + end.size();
}

std::string_view XmlReader::read_name() {
  const std::size_t start = at_;
  if (at_ < text_.size() && begins_name(text_[at_])) {
    while (at_ < text_.size() && in_name(text_[at_])) ++at_;
  }
  if (at_ == start)
    fail(at_ == text_.size() ? "a tag is not closed; is the file cut off?" : "expected a name here");
  return text_.substr(start, at_ - start);
}

char32_t XmlReader::read_reference() {
  const std::size_t end = text_.substr(at_, longest_reference + 2).find(';');
  if (end == std::string_view::npos) fail("\"&\" begins no entity; write &amp; for it");
  const std::string_view name = text_.substr(at_ + 1, end - 1);
  at_ += end + 1;
  const char32_t character = name.starts_with('#') ? numbered_character(name.substr(1)) : named_entity(name);
  if (!is_character(character)) {
    fail(fmt::format(
        "the entity \"&{};\" is not known; expected amp, lt, gt, quot, apos or a character's number", name));
  }
  return character;
}

std::string XmlReader::read_value() {
  if (at_ >= text_.size() || (text_[at_] != '"' && text_[at_] != '\''))
    fail("expected an attribute's value in quotes");
  const char quote = text_[at_++];
  std::string value;
  while (at_ < text_.size() && text_[at_] != quote) {
    const char c = text_[at_];
    if (c == '<') fail("\"<\" in an attribute's value; is its quote missing?");
    if (c == '&') {
      utf8::append(value, read_reference());
      continue;
    }
    if (!is_space(c) && static_cast<unsigned char>(c) < 0x20)
      fail("a control character in an attribute's value");
    line_ += c == '\n';
    value += is_space(c) ? ' ' : c;
    ++at_;
  }
  if (at_ >= text_.size()) fail("an attribute's value is not closed; is the file cut off?");
  ++at_;
  return value;
}

XmlReader::Event XmlReader::read_start() {
  if (seen_root_ && open_.empty()) fail("a second element beside the outermost one");
  seen_root_ = true;
  ++at_;
  name_ = read_name();
  for (;;) {
    const std::size_t before = at_;
    skip_space();
    if (at_ >= text_.size()) fail("a tag is not closed; is the file cut off?");
    if (at("/>")) {
      at_ += 2;
      end_pending_ = true;
      break;
    }
    if (at(">")) {
      ++at_;
      break;
    }
    if (before == at_) fail("expected a blank, \">\" or \"/>\" here");
    const std::string_view attribute_name = read_name();
    if (attribute(attribute_name) != nullptr)
      fail(fmt::format("the attribute \"{}\" stands twice", attribute_name));
    skip_space();
    if (!at("=")) fail(fmt::format("expected \"=\" after the attribute \"{}\"", attribute_name));
    ++at_;
    skip_space();
    attributes_.emplace_back(attribute_name, read_value());
  }
  if (open_.size() >= max_depth) fail(fmt::format("elements nested deeper than {}", max_depth));
  open_.push_back(name_);
  return Event::start;
}

XmlReader::Event XmlReader::read_end() {
  at_ += 2;
  name_ = read_name();
  skip_space();
  if (!at(">")) fail(fmt::format("expected \">\" after \"</{}\"", name_));
  ++at_;
  if (open_.empty() || open_.back() != name_) {
    fail(open_.empty() ? fmt::format("</{}> ends nothing", name_)
                       : fmt::format("</{}> where </{}> is expected", name_, open_.back()));
  }
  open_.pop_back();
  return Event::end;
}

XmlReader::Event XmlReader::next() {
  attributes_.clear();
  if (end_pending_) {
    end_pending_ = false;
    open_.pop_back();
    return Event::end;
  }
  for (;;) {
    skip_space();
    tag_line_ = line_;
    if (at_ >= text_.size()) break;
    if (text_[at_] != '<') fail("text between the tags; expected elements with attributes only");
    if (at("<!--")) {
      at_ += 4;
      skip_past("-->", "a comment");
    } else if (at("<?")) {
      skip_past("?>", "a processing instruction");
    } else if (at("<!")) {
      fail("document type declarations and CDATA are not read; remove them");
    } else {
      return at("</") ? read_end() : read_start();
    }
  }
  if (!open_.empty()) fail(fmt::format("</{}> is missing; is the file cut off?", open_.back()));
  if (!seen_root_) fail("there is no element in it");
  return Event::finished;
}

}  // namespace kalima::importers
