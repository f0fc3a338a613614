// Writes JSON piece by piece, compact, without a document in memory: the one writer of /api/v1. What is written is
// always well-formed UTF-8: ill-formed sequences become U+FFFD. Commas come by themselves. That keys, values and
// brackets come in an order that makes JSON is up to the caller. Threads: one at a time.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace kalima::http {

class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  JsonWriter& key(std::string_view name) {
    value(name);
    out_.push_back(':');
    comma_ = false;
    return *this;
  }

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  template <std::integral T>
  JsonWriter& value(T number) {
    if constexpr (std::same_as<T, bool>) {
      return raw(number ? "true" : "false");
    } else if constexpr (std::is_signed_v<T>) {
      return integer(number < 0, static_cast<std::uint64_t>(number < 0 ? -(number + 1) : number) +
                                     static_cast<std::uint64_t>(number < 0));
    } else {
      return integer(false, number);
    }
  }
  // With this many digits after the point; null if it is not finite.
  JsonWriter& value(double number, int decimals);
  JsonWriter& null() { return raw("null"); }
  template <typename T>
  JsonWriter& value(const std::optional<T>& optional) {
    return optional ? value(*optional) : null();
  }
  // A text, or null if it is empty.
  JsonWriter& value_or_null(std::string_view text) { return text.empty() ? null() : value(text); }
  // A value that is JSON already.
  JsonWriter& raw(std::string_view json) {
    separate();
    out_.append(json);
    return *this;
  }

  std::size_t size() const { return out_.size(); }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }
  // What was written since the last call.
  std::string take() {
    std::string out = std::move(out_);
    out_.clear();
    return out;
  }

 private:
  JsonWriter& open(char bracket) {
    separate();
    out_.push_back(bracket);
    comma_ = false;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_.push_back(bracket);
    comma_ = true;
    return *this;
  }
  void separate() {
    if (comma_) out_.push_back(',');
    comma_ = true;
  }
  JsonWriter& integer(bool negative, std::uint64_t magnitude);

  std::string out_;
  bool comma_ = false;
};

}  // namespace kalima::http
