#include "api/v1/written_reference.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "support/utf8.h"
#include "text/code_points.h"
#include "text/letters.h"
#include "text/spelling.h"
#include "text/unicode.h"

namespace kalima::api::v1 {
namespace {

// What a word, or the number after it, is.
enum class Role : std::uint8_t { plain, surah, verse, quran, joint, up_to, juz, page, hizb, manzil, ruku };

struct Keyword {
  std::u32string_view written;  // in lower case, without marks; the letters that folded_base() gives
  Role role;
};
constexpr Keyword keywords[] = {
    {U"surah", Role::surah},   {U"surat", Role::surah},   {U"sura", Role::surah},
    {U"sure", Role::surah},    {U"suresi", Role::surah},  {U"soorah", Role::surah},
    {U"sourate", Role::surah}, {U"chapter", Role::surah}, {U"ch", Role::surah},
    {U"s", Role::surah},       {U"سوره", Role::surah},    {U"السوره", Role::surah},
    {U"verse", Role::verse},   {U"verses", Role::verse},  {U"verset", Role::verse},
    {U"vers", Role::verse},    {U"v", Role::verse},       {U"vv", Role::verse},
    {U"ayah", Role::verse},    {U"aya", Role::verse},     {U"ayat", Role::verse},
    {U"ayahs", Role::verse},   {U"ayaat", Role::verse},   {U"ayet", Role::verse},
    {U"ayeti", Role::verse},   {U"ايه", Role::verse},     {U"الايه", Role::verse},
    {U"ايات", Role::verse},    {U"الايات", Role::verse},  {U"ءايه", Role::verse},
    {U"quran", Role::quran},   {U"koran", Role::quran},   {U"coran", Role::quran},
    {U"kuran", Role::quran},   {U"q", Role::quran},       {U"qs", Role::quran},
    {U"القران", Role::quran},  {U"القرءان", Role::quran}, {U"الكريم", Role::quran},
    {U"of", Role::joint},      {U"the", Role::joint},     {U"from", Role::joint},
    {U"in", Role::joint},      {U"no", Role::joint},      {U"number", Role::joint},
    {U"من", Role::joint},      {U"رقم", Role::joint},     {U"في", Role::joint},
    {U"to", Role::up_to},      {U"until", Role::up_to},   {U"الي", Role::up_to},
    {U"حتي", Role::up_to},     {U"juz", Role::juz},       {U"juzu", Role::juz},
    {U"para", Role::juz},      {U"جزء", Role::juz},       {U"الجزء", Role::juz},
    {U"page", Role::page},     {U"p", Role::page},        {U"صفحه", Role::page},
    {U"الصفحه", Role::page},   {U"hizb", Role::hizb},     {U"حزب", Role::hizb},
    {U"الحزب", Role::hizb},    {U"manzil", Role::manzil}, {U"منزل", Role::manzil},
    {U"المنزل", Role::manzil}, {U"ruku", Role::ruku},     {U"ركوع", Role::ruku},
    {U"الركوع", Role::ruku},
};
constexpr std::pair<Role, std::string_view> parts[] = {{Role::juz, "juz:"},
                                                       {Role::page, "page:"},
                                                       {Role::hizb, "hizb:"},
                                                       {Role::manzil, "manzil:"},
                                                       {Role::ruku, "ruku:"}};

std::string_view part_of(Role role) {
  for (const auto& [of, part] : parts) {
    if (of == role) return part;
  }
  return {};
}

Role role_of(std::u32string_view word) {
  std::u32string letters;
  for (const text::Letter& letter : text::letters(text::decomposed(std::u32string(word)))) {
    const char32_t c = text::folded_base(letter);
    if (text::is_arabic_letter(c)) {
      letters += c;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      letters += c | 0x20;
    }
  }
  const auto found = std::ranges::find(keywords, std::u32string_view(letters), &Keyword::written);
  return found == std::end(keywords) ? Role::plain : found->role;
}

// Digits of scripts that are used where the Quran is read.
std::optional<char> digit_of(char32_t c) {
  for (const char32_t zero : {U'0', U'\u0660', U'\u06F0', U'\u07C0', U'\u0966', U'\u09E6', U'\uFF10'}) {
    if (c >= zero && c <= zero + 9) return static_cast<char>('0' + (c - zero));
  }
  return std::nullopt;
}

bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D; }

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || (c >= 0x2B9 && c <= 0x2BF);
}

bool is_of_word(char32_t c) {
  const text::Kind kind = text::code_point(c).kind;
  return kind == text::Kind::letter || kind == text::Kind::vowel || kind == text::Kind::sign ||
         kind == text::Kind::ignorable || is_apostrophe(c);
}

class Reader {
 public:
  explicit Reader(std::u32string_view text) : text_(text) {}

  WrittenReference read() {
    while (at_ < text_.size()) {
      if (digit_of(text_[at_])) {
        number();
      } else if (text::code_point(text_[at_]).kind == text::Kind::letter) {
        word();
      } else {
        ++at_;
      }
    }
    return reference();
  }

 private:
  struct Number {
    Role role;
    std::string text;
  };

  void word() {
    const std::size_t begin = at_;
    // A dash between letters is one of the word: al-Baqara.
    while (at_ < text_.size() && (is_of_word(text_[at_]) || (is_dash(text_[at_]) && at_ + 1 < text_.size() &&
                                                             is_of_word(text_[at_ + 1]))))
      ++at_;
    const std::u32string_view written = text_.substr(begin, at_ - begin);
    const Role role = role_of(written);
    if (role == Role::up_to && !numbers_.empty()) {
      range_ = true;
    } else if (role == Role::plain || role == Role::up_to) {
      add_to_name(std::exchange(joint_, {}));
      add_to_name(written);
    } else if (role == Role::joint) {
      // Of a name, if it goes on: the Family of Imran.
      joint_ = name_.empty() ? std::u32string_view() : written;
      only_joints_ = only_joints_ || (name_.empty() && !keyword_);
    } else {
      keyword_ = true;
      if (role != Role::quran) pending_ = role;
      if (!part_of(role).empty()) part_ = role;
    }
  }

  void add_to_name(std::u32string_view word) {
    if (!name_.empty() && !word.empty()) name_ += ' ';
    for (const char32_t c : word) utf8::append(name_, c);
  }

  // Digits with what is usual between them.
  void number() {
    std::string out;
    char between = 0;
    for (; at_ < text_.size(); ++at_) {
      const char32_t c = text_[at_];
      if (const auto digit = digit_of(c)) {
        if (between != 0 && !out.empty()) out += between;
        between = 0;
        out += *digit;
      } else if (is_dash(c)) {
        between = '-';
      } else if (text::code_point(c).kind == text::Kind::letter) {
        break;
      } else if (between == 0) {
        between = ':';
      }
    }
    if (range_ && !numbers_.empty() && pending_ == Role::plain) {
      numbers_.back().text += '-' + out;
    } else {
      numbers_.push_back({std::exchange(pending_, Role::plain), std::move(out)});
    }
    range_ = false;
  }

  static bool is_single(const std::string& number) { return number.find_first_of(":-") == std::string::npos; }

  WrittenReference reference() {
    if (part_ != Role::plain) {
      const std::string part(part_of(part_));
      if (numbers_.empty() && part_ == Role::juz && !name_.empty()) return {std::move(name_), part};
      const bool one = numbers_.size() == 1 && numbers_[0].role == part_ && is_single(numbers_[0].text);
      return one && name_.empty() ? WrittenReference{{}, part + numbers_[0].text} : WrittenReference{};
    }
    if (only_joints_ && !keyword_ && name_.empty()) return {};  // a word to be sought there: من 114:1
    if (numbers_.size() == 1) {
      const auto& [role, text] = numbers_[0];
      if (!name_.empty()) return {std::move(name_), text};
      if (role == Role::surah && is_single(text)) return {{}, "surah:" + text};
      if (is_single(text)) return {};
      // 2-255: a dash for the colon.
      const bool dash = text.find(':') == std::string::npos;
      std::string numbers = text;
      if (dash) std::ranges::replace(numbers, '-', ':');
      return {{}, std::move(numbers)};
    }
    if (numbers_.size() != 2) return {};
    Number surah = numbers_[0], verse = numbers_[1];
    if (surah.role == Role::verse || verse.role == Role::surah) std::swap(surah, verse);
    const bool said = surah.role != Role::verse && verse.role == Role::verse;
    if (!said || !is_single(surah.text)) return {};
    return {std::move(name_), surah.text + ':' + verse.text};
  }

  std::u32string_view text_;
  std::size_t at_ = 0;
  Role pending_ = Role::plain, part_ = Role::plain;
  bool range_ = false, keyword_ = false, only_joints_ = false;
  std::string name_;
  std::u32string_view joint_;
  std::vector<Number> numbers_;
};

}  // namespace

WrittenReference read_reference(std::string_view typed) { return Reader(utf8::to_code_points(typed)).read(); }

}  // namespace kalima::api::v1
