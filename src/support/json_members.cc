#include <algorithm>

#include "support/error.h"
#include "support/json.h"

namespace kalima::json {
namespace {

// Moves through compact JSON text to the end of a value.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::size_t place() const { return at_; }
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) throw Error(ErrorCode::internal, "not a JSON object written by this program");
  }

  // Moves past the closing quote of a string; the opening quote has been read.
  void string() {
    for (;;) {
      at_ = std::min(text_.find_first_of("\"\\", at_), text_.size());
      if (!take('\\')) return expect('"');
      at_ = std::min(at_ + 1, text_.size());
    }
  }

  void value() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (depth == 0 && (c == ',' || c == '}')) return;
      ++at_;
      if (c == '"') string();
      if (c == '[' || c == '{') ++depth;
      if (c == ']' || c == '}') --depth;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> written_members(std::string_view object) {
  std::vector<std::pair<std::string_view, std::string_view>> members;
  Walk walk(object);
  walk.expect('{');
  if (walk.take('}')) return members;
  do {
    walk.expect('"');
    const std::size_t key = walk.place();
    walk.string();
    const std::size_t key_end = walk.place() - 1;
    walk.expect(':');
    const std::size_t value = walk.place();
    walk.value();
    members.emplace_back(object.substr(key, key_end - key), object.substr(value, walk.place() - value));
  } while (walk.take(','));
  walk.expect('}');
  return members;
}

}  // namespace kalima::json
