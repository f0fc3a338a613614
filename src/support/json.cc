#include "support/json.h"

#include <algorithm>

#include "support/numbers.h"

namespace kalima::json {

std::optional<std::int64_t> Value::as_integer() const {
  const Number* number = as_number();
  if (number == nullptr) return std::nullopt;
  return numbers::parse<std::int64_t>(number->text, {.sign = true});
}

const Value* Value::find(std::string_view key) const {
  const Object* object = as_object();
  if (object == nullptr) return nullptr;
  for (const auto& [name, value] : *object) {
    if (name == key) return &value;
  }
  return nullptr;
}

Value* Value::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

void Value::set(std::string_view key, Value value) {
  if (Value* there = find(key)) {
    *there = std::move(value);
    return;
  }
  if (is_null()) data_ = Object{};
  std::get<Object>(data_).emplace_back(std::string(key), std::move(value));
}

bool Value::erase(std::string_view key) {
  Object* object = as_object();
  if (object == nullptr) return false;
  return std::erase_if(*object, [&](const Member& member) { return member.first == key; }) > 0;
}

void write_string(std::string_view text, std::string& out) {
  static constexpr char hex[] = "0123456789abcdef";
  out.push_back('"');
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      default:
        out += "\\u00";
        out.push_back(hex[c >> 4]);
        out.push_back(hex[c & 15]);
    }
  }
  out.append(text, from, text.size() - from);
  out.push_back('"');
}

void write_optional(const std::optional<std::string_view>& text, std::string& out) {
  if (text) {
    write_string(*text, out);
  } else {
    out += "null";
  }
}

std::string quoted(std::string_view text) {
  std::string out;
  write_string(text, out);
  return out;
}

namespace {

struct Style {
  bool sort_keys = false;
  std::string_view comma = ",", colon = ":";
  bool indent = false;
};

class Writer {
 public:
  Writer(const Style& style, std::string& out) : style_(style), out_(out) {}

  // Recursion is limited by Limits::depth, which was checked when the value was read.
  void write(const Value& value) {
    if (value.is_null()) {
      out_ += "null";
    } else if (const bool* b = value.as_bool()) {
      out_ += *b ? "true" : "false";
    } else if (const Number* n = value.as_number()) {
      out_ += n->text;
    } else if (const std::string* s = value.as_string()) {
      write_string(*s, out_);
    } else if (const Array* a = value.as_array()) {
      open('[');
      for (const Value& item : *a) {
        next();
        write(item);
      }
      close(']', a->empty());
    } else {
      write_object(*value.as_object());
    }
  }

 private:
  void write_object(const Object& object) {
    std::vector<const Member*> members;
    members.reserve(object.size());
    for (const Member& member : object) members.push_back(&member);
    if (style_.sort_keys) {
      // The order of UTF-8 bytes is the order of code points.
      std::sort(members.begin(), members.end(),
                [](const Member* a, const Member* b) { return a->first < b->first; });
    }
    open('{');
    for (const Member* member : members) {
      next();
      write_string(member->first, out_);
      out_ += style_.colon;
      write(member->second);
    }
    close('}', object.empty());
  }
  void open(char bracket) {
    out_ += bracket;
    ++depth_;
    first_ = true;
  }
  void next() {
    if (!first_) out_ += style_.comma;
    first_ = false;
    new_line();
  }
  void close(char bracket, bool empty) {
    --depth_;
    if (!empty) new_line();
    out_ += bracket;
    first_ = false;
  }
  void new_line() {
    if (!style_.indent) return;
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }

  const Style style_;
  std::string& out_;
  std::size_t depth_ = 0;
  bool first_ = true;
};

}  // namespace

void write(const Value& value, std::string& out) { Writer({}, out).write(value); }
void write_sorted(const Value& value, std::string& out) { Writer({.sort_keys = true}, out).write(value); }
void write_spaced(const Value& value, std::string& out) {
  Writer({.comma = ", ", .colon = ": "}, out).write(value);
}
void write_indented(const Value& value, std::string& out) {
  Writer({.colon = ": ", .indent = true}, out).write(value);
}

std::string sorted(const Value& value) {
  std::string out;
  write_sorted(value, out);
  return out;
}

std::string ordered(const Value& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace kalima::json
