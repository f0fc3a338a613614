#include "text/tokens.h"

#include <utility>

#include "text/code_points.h"

namespace kalima::text {
namespace {

constexpr char32_t bismillah = 0xFDFD;
constexpr std::u32string_view bismillah_words[] = {U"بسم", U"الله", U"الرحمن", U"الرحيم"};

// Spaces that are written to carry a sign; an ordinary space is not.
constexpr bool may_carry(char32_t c) { return c == 0xA0 || c == 0x2009 || c == 0x200A || c == 0x202F; }

bool is_mark(char32_t c) {
  const CodePoint is = code_point(c);
  return is.kind == Kind::vowel || (is.kind == Kind::sign && (is.signs & hamza_signs) != 0);
}

class Tokenizer {
 public:
  explicit Tokenizer(std::u32string_view text) : text_(text) {}

  std::vector<Token> all() {
    for (at_ = 0; at_ < text_.size(); ++at_) add(text_[at_]);
    close();
    return std::move(out_);
  }

 private:
  void add(char32_t c) {
    switch (code_point(c).kind) {
      case Kind::letter:
        if (after_pause_) close();
        has_letter_ = has_letter_ || !code_point(c).small;
        return extend();
      case Kind::vowel:
      case Kind::sign:
      case Kind::ignorable:
        return extend();
      case Kind::pause:
        // A small seen is over a letter as well: بَصۜۡطَةً.
        after_pause_ = has_letter_ && code_point(c).signs == 0;
        if (!has_letter_ && !out_.empty() && only_spaces_since(out_.back().end)) {
          out_.back().end = static_cast<std::uint32_t>(at_ + 1);
          begin_ = none;
          return;
        }
        return extend();
      case Kind::space:
        if (has_letter_ && may_carry(c) && at_ + 1 < text_.size() && is_mark(text_[at_ + 1])) return extend();
        return close();
      case Kind::ornament:
        close();
        if (c != bismillah) return;
        for (const std::u32string_view word : bismillah_words) {
          out_.push_back(
              {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + 1), std::u32string(word)});
        }
        return;
      case Kind::number:
      case Kind::punctuation:
        return close();
    }
  }

  void extend() {
    if (begin_ == none) begin_ = at_;
  }

  void close() {
    if (begin_ != none && has_letter_) {
      out_.push_back({static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(at_),
                      std::u32string(text_.substr(begin_, at_ - begin_))});
    }
    begin_ = none;
    has_letter_ = after_pause_ = false;
  }

  bool only_spaces_since(std::size_t end) const {
    for (; end < at_; ++end) {
      const Kind kind = code_point(text_[end]).kind;
      if (kind != Kind::space && kind != Kind::ignorable) return false;
    }
    return true;
  }

  static constexpr std::size_t none = std::u32string_view::npos;
  std::u32string_view text_;
  std::size_t at_ = 0, begin_ = none;
  bool has_letter_ = false, after_pause_ = false;
  std::vector<Token> out_;
};

}  // namespace

std::vector<Token> tokens(std::u32string_view text) { return Tokenizer(text).all(); }

}  // namespace kalima::text
