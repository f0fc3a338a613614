// The only file that includes the JSON library: its SAX reader passes on the text of numbers, which its own
// document type would lose.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <unordered_map>

#include "support/error.h"
#include "support/json.h"
#include "support/json_check.h"
#include "support/json_parsed.h"
#include "support/json_strict.h"
#include "support/numbers.h"
#include "support/utf8.h"

namespace kalima::json {
namespace {

thread_local std::uint64_t parsed = 0;

// Python's repr of a float. fmt has the same rules (shortest digits that read back the same, with an exponent
// below 1e-4 and from 1e16 on), but writes whole numbers without a fraction.
std::string python_float(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

// "[json.exception.parse_error.101] parse error at line 1, column 7: syntax error ..." split into its parts.
Error syntax_error(std::string_view text) {
  constexpr std::string_view before_line = "line ", before_column = ", column ";
  Place place;
  std::string_view message = text;
  const std::size_t line = text.find(before_line), column = text.find(before_column),
                    colon = text.find(": ", column);
  if (line < column && column < colon && colon != std::string_view::npos) {
    const std::size_t line_at = line + before_line.size(), column_at = column + before_column.size();
    place.line = numbers::parse<std::size_t>(text.substr(line_at, column - line_at)).value_or(0);
    place.column = numbers::parse<std::size_t>(text.substr(column_at, colon - column_at)).value_or(0);
    if (place.line != 0 && place.column != 0) message = text.substr(colon + 2);
  }
  // It names the text that was read last.
  std::string shown(message);
  return {ErrorCode::bad_input, utf8::valid(shown) ? shown : utf8::repaired(shown), {}, place};
}

class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(const Limits& limits, bool repeated_keys) : limits_(limits), repeated_keys_(repeated_keys) {}

  Value take() { return std::move(root_); }
  const Error& problem() const { return problem_; }

  bool null() override { return put(Value()); }
  bool boolean(bool value) override { return put(Value(value)); }
  bool number_integer(std::int64_t value) override { return put(Value(value)); }
  bool number_unsigned(std::uint64_t value) override { return put(Value(Number{std::to_string(value)})); }
  bool number_float(double value, const std::string& text) override {
    // An integer too large for 64 bits arrives here too.
    if (text.find_first_of(".eE") == std::string::npos) return put(Value(Number{text}));
    return put(Value(Number{python_float(value)}));
  }
  bool string(std::string& value) override { return fits(value) && put(Value(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Value(Object{})); }
  bool key(std::string& name) override {
    if (!fits(name)) return false;
    key_ = std::move(name);
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Value(Array{})); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& e) override {
    problem_ = syntax_error(e.what());
    return false;
  }

 private:
  bool fits(const std::string& text) {
    if (text.size() <= limits_.string_bytes) return true;
    problem_ = Error(ErrorCode::too_large, fmt::format("a string of {} bytes; at most {} are allowed",
                                                       text.size(), limits_.string_bytes));
    return false;
  }
  // nullptr for what is not allowed.
  Value* place(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Value& parent = *open_.back();
    if (Array* array = parent.as_array()) {
      array->push_back(std::move(value));
      return &array->back();
    }
    // A repeated key keeps its first position and gets the last value. A few keys are searched one by one;
    // with many keys that would take quadratic time.
    Object& object = *parent.as_object();
    if (object.size() < 64) {
      if (Value* there = parent.find(key_)) return repeated(*there, std::move(value));
    } else if (Value* there = find_in_large(object)) {
      return repeated(*there, std::move(value));
    }
    object.emplace_back(key_, std::move(value));
    return &object.back().second;
  }
  // Objects of many keys get an index while they are open.
  Value* find_in_large(Object& object) {
    auto& index = indexes_[open_.size() - 1];
    if (index.empty()) {
      for (std::size_t i = 0; i < object.size(); ++i) index.emplace(object[i].first, i);
    }
    const auto [entry, added] = index.emplace(key_, object.size());
    return added ? nullptr : &object[entry->second].second;
  }
  // nullptr if that is not allowed.
  Value* repeated(Value& there, Value value) {
    if (!repeated_keys_) {
      problem_ = Error(ErrorCode::bad_input, fmt::format("\"{}\" is given twice", key_));
      return nullptr;
    }
    there = std::move(value);
    return &there;
  }
  bool put(Value value) { return place(std::move(value)) != nullptr; }
  bool open(Value value) {
    if (open_.size() >= limits_.depth) {
      problem_ =
          Error(ErrorCode::too_large, fmt::format("arrays and objects nested deeper than {}", limits_.depth));
      return false;
    }
    // Pointers to open containers stay valid: a parent gets no further member while its child is open.
    Value* placed = place(std::move(value));
    if (placed == nullptr) return false;
    open_.push_back(placed);
    indexes_.emplace_back();
    return true;
  }
  bool close() {
    open_.pop_back();
    indexes_.pop_back();
    return true;
  }

  Limits limits_;
  bool repeated_keys_;
  Value root_;
  std::vector<Value*> open_;
  std::vector<std::unordered_map<std::string, std::size_t>> indexes_;
  std::string key_;
  Error problem_{ErrorCode::bad_input, "not valid JSON"};
};

}  // namespace

std::uint64_t parsed_by_this_thread() { return parsed; }

bool well_formed(std::string_view text) { return nlohmann::json::accept(text); }

namespace {

Value parsed_value(std::string_view text, const Limits& limits, bool repeated_keys) {
  ++parsed;
  // The library takes a NUL for the end of the text; JSON never contains one.
  if (text.find('\0') != std::string_view::npos)
    throw Error(ErrorCode::bad_input, "a NUL character in the JSON");
  Builder builder(limits, repeated_keys);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) throw builder.problem();
  return builder.take();
}

}  // namespace

Value parse(std::string_view text, const Limits& limits) { return parsed_value(text, limits, true); }

Value parse_without_repeated_keys(std::string_view text) { return parsed_value(text, {}, false); }

}  // namespace kalima::json
