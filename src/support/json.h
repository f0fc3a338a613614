// JSON as values and as text. Reading keeps the order of keys and the text of numbers, so that a document
// comes back as it was posted. Integers of any size are unchanged. Other numbers get the shortest form that
// reads back the same, in the format of Python's json module (0.75, 1000.0, 1e+16). Duplicate keys: the last
// value at the first position, as in Python. Threads: values are plain data, which any thread may read while
// nobody changes them; functions are pure. Text is UTF-8, sizes are bytes. Only `parse` and `written_members`
// throw.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kalima::json {

struct Number {
  std::string text;
  bool operator==(const Number&) const = default;
};

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;

class Value {
 public:
  Value() = default;  // null
  Value(std::nullptr_t) {}
  Value(bool b) : data_(b) {}
  Value(Number n) : data_(std::move(n)) {}
  Value(int i) : data_(Number{std::to_string(i)}) {}
  Value(std::int64_t i) : data_(Number{std::to_string(i)}) {}
  Value(std::string s) : data_(std::move(s)) {}
  Value(std::string_view s) : data_(std::string(s)) {}
  Value(const char* s) : data_(std::string(s)) {}
  Value(const std::optional<std::string>& s) {
    if (s) data_ = *s;
  }
  Value(Array a) : data_(std::move(a)) {}
  Value(Object o) : data_(std::move(o)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  const bool* as_bool() const { return std::get_if<bool>(&data_); }
  const Number* as_number() const { return std::get_if<Number>(&data_); }
  const std::string* as_string() const { return std::get_if<std::string>(&data_); }
  const Array* as_array() const { return std::get_if<Array>(&data_); }
  Array* as_array() { return std::get_if<Array>(&data_); }
  const Object* as_object() const { return std::get_if<Object>(&data_); }
  Object* as_object() { return std::get_if<Object>(&data_); }
  // The number, if it is an integer that fits.
  std::optional<std::int64_t> as_integer() const;

  // The member `key` of an object; nullptr if this is not an object or has no such key.
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  // Sets a member: in place if the key exists, else at the end. Turns a null into an object.
  void set(std::string_view key, Value value);
  // Removes a member; false if it is missing.
  bool erase(std::string_view key);

  // Equal as JSON, including the order of keys and the text of numbers.
  bool operator==(const Value&) const = default;

 private:
  std::variant<std::monostate, bool, Number, std::string, Array, Object> data_;
};

struct Limits {
  std::size_t depth = 64;                       // nested arrays and objects
  std::size_t string_bytes = 1024 * 1024 * 16;  // one string or key
};

// Parses exactly one value. Throws Error(bad_input) with the place in the text, or Error(too_large) beyond a
// limit.
Value parse(std::string_view text, const Limits& limits = {});

// Compact (no white space), members in their own order.
void write(const Value& value, std::string& out);
// Compact, members sorted by code point at every level.
void write_sorted(const Value& value, std::string& out);
// One line with a space after `,` and `:`, members in their own order.
void write_spaced(const Value& value, std::string& out);
// Several lines, indented by two spaces: the old registry file.
void write_indented(const Value& value, std::string& out);
std::string sorted(const Value& value);
std::string ordered(const Value& value);

// The members of an object that `write` or `write_sorted` has written, without reading their values: each key
// without its quotes but still escaped, each value as text. Only for such text; use `parse` for any other.
// Throws Error(internal) if it is not such text.
std::vector<std::pair<std::string_view, std::string_view>> written_members(std::string_view object);

// A string as a JSON string with its quotes: `"`, `\` and control characters escaped, everything else
// unchanged.
void write_string(std::string_view text, std::string& out);
// The same, or null.
void write_optional(const std::optional<std::string_view>& text, std::string& out);
std::string quoted(std::string_view text);

}  // namespace kalima::json
