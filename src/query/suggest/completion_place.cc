#include "query/suggest/completion_place.h"

#include <algorithm>

namespace kalima::query {
namespace {

using attributes::Attribute;
using Kind = CompletionPlace::Kind;

bool in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The name that ends at `end`; empty if none does.
std::string_view name_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && in_name(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

std::size_t without_blanks(std::string_view text, std::size_t end) {
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n' || text[end - 1] == '\t')) --end;
  return end;
}

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {
    while (at_ < text_.size()) step();
  }

  CompletionPlace place() const {
    CompletionPlace out;
    out.labels = labels_;
    out.grew = is_grew();
    if (comment_) {
      out.kind = Kind::nothing;
      out.begin = text_.size();
      return out;
    }
    if (quote_ != '\0') return value(std::move(out));
    out.typed = name_before(text_, text_.size());
    out.begin = text_.size() - out.typed.size();
    const std::size_t before = without_blanks(text_, out.begin);
    if (const auto named = name_place(out.begin)) {
      out.kind = *named;
      return out;
    }
    if (open_.ends_with(grew_edge) || begins_edge(out.begin)) {
      out.kind = Kind::value;
      out.attribute = Attribute::relation;
      out.without_quotes = true;
      return out;
    }
    if (is_option_by(out.begin)) {
      out.kind = Kind::value;
      out.names_attribute = out.without_quotes = true;
      return out;
    }
    // After a test comes a sign, not another test.
    const bool after_value = before > 0 && (text_[before - 1] == '"' || text_[before - 1] == '\'');
    if ((in_brackets() || constraint_) && after_value) {
      out.kind = Kind::nothing;
      return out;
    }
    if (open_.ends_with(grew_block)) {
      out.kind = Kind::nothing;
      return out;
    }
    if (!open_.empty() && open_.back() == '<') {
      // The first name in a tag is its region.
      const std::string_view opening = text_.substr(tag_ + 1);
      const std::size_t slash = opening.starts_with('/') ? 1 : 0;
      if (tag_ + 1 + slash == out.begin) {
        out.kind = Kind::region;
      } else {
        out.kind = Kind::attribute;
        out.region = region_of_tag();
      }
      return out;
    }
    if (constraint_ || (!open_.empty() && open_.back() != '(')) {
      out.kind = Kind::attribute;
      return out;
    }
    if (name_before(text_, before) == "within" && before < out.begin) {
      out.kind = Kind::region;
      return out;
    }
    // A name such as al-Baqara.
    while (out.begin > 1 && text_[out.begin - 1] == '-' && in_name(text_[out.begin - 2]))
      out.begin -= name_before(text_, out.begin - 1).size() + 1;
    out.typed = text_.substr(out.begin);
    return out;
  }

 private:
  void step() {
    const char c = text_[at_];
    if (comment_) {
      comment_ = c != '\n';
    } else if (quote_ != '\0') {
      if (c == '\\') {
        ++at_;
      } else if (c == quote_) {
        quote_ = '\0';
      }
    } else if (c == '"' || c == '\'') {
      quote_ = c;
      quote_at_ = at_;
    } else if (c == '#') {
      comment_ = true;
    } else if (c == '[' || c == '{' || c == '(') {
      const bool edge = c == '[' && at_ > 0 && text_[at_ - 1] == '-';
      const bool block =
          c == '{' && is_grew() && name_is_of_block(name_before(text_, without_blanks(text_, at_)));
      open_.push_back(edge && is_grew() ? grew_edge : block ? grew_block : c);
      constraints_.push_back(constraint_);
    } else if (c == ']' || c == '}' || c == ')') {
      if (!open_.empty()) {
        open_.pop_back();
        constraint_ = constraints_.back();
        constraints_.pop_back();
      }
    } else if (c == '<' && !in_brackets() && !constraint_ && !text_.substr(at_).starts_with("<-") &&
               !text_.substr(at_).starts_with("<<")) {
      open_.push_back('<');
      constraints_.push_back(constraint_);
      tag_ = at_;
    } else if (c == '>' && !open_.empty() && open_.back() == '<') {
      open_.pop_back();
      constraints_.pop_back();
    } else if (text_.substr(at_).starts_with("::")) {
      constraint_ = true;
      ++at_;
    } else if (c == ':' && !in_brackets()) {
      const std::string_view label = name_before(text_, at_);
      if (!label.empty()) labels_.emplace_back(label);
    }
    ++at_;
  }

  static constexpr char grew_edge = 'e', grew_block = 'g';

  static bool name_is_of_block(std::string_view name) {
    return name == "pattern" || name == "match" || name == "with" || name == "without";
  }
  bool is_grew() const {
    const std::size_t begin = std::min(text_.find_first_not_of(" \n\t"), text_.size());
    const std::string_view rest = text_.substr(begin);
    return rest.starts_with("pattern") || rest.starts_with("match");
  }
  // Whether an edge begins right before: a hyphen after a part of the query, not one within a name.
  bool begins_edge(std::size_t at) const {
    if (in_brackets() || constraint_ || at == 0 || text_[at - 1] != '-') return false;
    std::size_t before = at - 1;
    while (before > 0 && text_[before - 1] == '<') --before;
    if (before < at - 1) return true;  // <-
    if (before == 0) return false;
    const char c = text_[before - 1];
    return c == ' ' || c == '\n' || c == '\t' || c == ']' || c == '}' || c == ')' || c == '"' || c == '!' ||
           c == ':' || c == ';' || c == '^' || name_before(text_, before) == "_";
  }
  // A sign right before what is being typed, which makes it a name.
  std::optional<Kind> name_place(std::size_t begin) const {
    if (begin == 0 || is_grew()) return std::nullopt;
    const bool test = in_brackets() || constraint_ || open_.ends_with('<');
    if (text_[begin - 1] == '$' && test) return Kind::list;
    if (text_[begin - 1] == '@' && !test) return Kind::query;
    return std::nullopt;
  }
  // Whether the value that begins there is of the option `by` of a function.
  bool is_option_by(std::size_t begin) const {
    const std::size_t sign = without_blanks(text_, begin);
    return open_.ends_with('(') && !constraint_ && sign > 0 && text_[sign - 1] == '=' &&
           name_before(text_, without_blanks(text_, sign - 1)) == "by";
  }
  bool in_brackets() const { return !open_.empty() && (open_.back() == '[' || open_.back() == '{'); }

  std::optional<attributes::Region> region_of_tag() const {
    std::size_t begin = tag_ + 1;
    if (begin < text_.size() && text_[begin] == '/') ++begin;
    std::size_t end = begin;
    while (end < text_.size() && in_name(text_[end])) ++end;
    return attributes::find_region(text_.substr(begin, end - begin));
  }

  CompletionPlace value(CompletionPlace out) const {
    out.kind = Kind::value;
    out.begin = quote_at_ + 1;
    out.typed = text_.substr(out.begin);
    std::size_t end = quote_at_;
    if (is_option_by(end)) {
      out.names_attribute = true;
      return out;
    }
    // l"..." and b"..." are values too.
    if (end > 0 && (text_[end - 1] == 'l' || text_[end - 1] == 'b') && (end < 2 || !in_name(text_[end - 2])))
      --end;
    end = without_blanks(text_, end);
    const std::size_t sign = end;
    while (end > 0 && std::string_view("=!<>").find(text_[end - 1]) != std::string_view::npos) --end;
    if (end == sign) {
      if (begins_edge(quote_at_)) {
        out.attribute = Attribute::relation;
        return out;
      }
      // A word by itself.
      if (in_brackets() || constraint_) out.kind = Kind::nothing;
      return out;
    }
    const std::string_view name = name_before(text_, without_blanks(text_, end));
    const auto region = !open_.empty() && open_.back() == '<' ? region_of_tag() : std::nullopt;
    const auto attribute = region ? attributes::find(*region, name) : attributes::find(name);
    if (attribute) {
      out.attribute = *attribute;
    } else {
      out.kind = Kind::nothing;
    }
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0, quote_at_ = 0, tag_ = 0;
  char quote_ = '\0';
  bool comment_ = false, constraint_ = false;
  std::string open_;               // brackets and tags
  std::vector<bool> constraints_;  // whether each was opened in a constraint
  std::vector<std::string> labels_;
};

}  // namespace

CompletionPlace completion_place(std::string_view text) { return Scan(text).place(); }

}  // namespace kalima::query
