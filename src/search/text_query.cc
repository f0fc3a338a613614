#include "search/text_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "support/error.h"
#include "support/utf8.h"
#include "text/code_points.h"
#include "text/near.h"
#include "text/tokens.h"

namespace kalima::search {
namespace {

using text::Kind;
using Found = QueryWord::Kind;

// What to write instead of signs that are operators elsewhere.
struct Refused {
  char32_t sign;
  std::string_view cure;
};
constexpr Refused refused_signs[] = {
    {'~', "leave it out: every spelling of a word is found as it is; step=typing allows for a mistake"},
    {'^', "leave it out; for the beginning of a word write letters and *"},
    {'$', "leave it out; for the end of a word write * and letters"},
    {'+', "leave it out: all words of a phrase must be there"},
    {'@', "leave it out"},
    {'#', "leave it out"},
    {'&', "leave it out: all words of a phrase must be there"},
    {'%', "write * for any letters and ? for one"},
    {'=', "write \"…\" for exactly what is written"},
    {'<', "leave it out"},
    {'>', "leave it out"},
    {'\\', "leave it out"},
};

[[noreturn]] void refuse(const std::string& what, std::string cure = {}) {
  throw Error(ErrorCode::bad_input, what, std::move(cure));
}

bool is_wildcard(char32_t c) { return c == '*' || c == '?'; }
bool ends_word(char32_t c) {
  const Kind kind = text::code_point(c).kind;
  return !is_wildcard(c) && (kind == Kind::space || kind == Kind::punctuation || kind == Kind::number);
}

// What is written before a root or a lemma.
struct LexemeName {
  std::u32string_view written;
  attributes::Attribute attribute;
};
constexpr LexemeName lexeme_names[] = {{U"root:", attributes::Attribute::root},
                                       {U"lemma:", attributes::Attribute::lemma},
                                       {U"جذر:", attributes::Attribute::root},
                                       {U"الجذر:", attributes::Attribute::root}};

// In any case: phones write capitals at the beginning.
bool begins_with(std::u32string_view text, std::u32string_view name) {
  const auto lower = [](char32_t c) { return c >= U'A' && c <= U'Z' ? static_cast<char32_t>(c + 32) : c; };
  return text.size() >= name.size() && std::ranges::equal(text.substr(0, name.size()), name, {}, lower);
}

// "و الله": a particle of one letter that somebody wrote apart from its word.
bool is_particle_apart(std::u32string_view word, std::u32string_view next) {
  const text::Letters letters = text::letters(word);
  return letters.size() == 1 &&
         std::u32string_view(U"وفبكلس").find(letters[0].base) != std::u32string_view::npos &&
         text::letters(next).size() >= 2;
}

// Together as one word: of the article after ل its alif is not written, nor all of it before another ل.
std::u32string with_particle(std::u32string particle, std::u32string_view word) {
  constexpr std::u32string_view alifs = U"اٱ";
  const bool article = word.size() > 2 && alifs.find(word[0]) != std::u32string_view::npos && word[1] == U'ل';
  if (particle[0] == U'ل' && article) word.remove_prefix(word[2] == U'ل' ? 2 : 1);
  return particle.append(word);
}

class QueryReader {
 public:
  QueryReader(std::u32string_view query, Script script) : query_(query), script_(script) {}

  TextQuery read() {
    for (at_ = 0; at_ < query_.size();) {
      const char32_t c = query_[at_];
      if (c == '"') {
        quoted();
      } else if (c == '|') {
        end_phrase();
        ++at_;
      } else if (c == '-' && begins_exclusion(at_)) {
        ++at_;
        exclusion();
      } else if (const LexemeName* name = lexeme_name()) {
        lexeme(phrase_, *name);
      } else {
        require_allowed(c);
        if (ends_word(c)) {
          ++at_;
        } else {
          some_words(phrase_, false);
        }
      }
    }
    end_phrase();
    if (out_.phrases.empty()) {
      if (!out_.excluded.empty()) refuse("q only says what to leave out", "write also what to find");
      refuse("q has no letters", "write a word, a reference or a root, in Arabic or Latin letters");
    }
    const bool words = std::ranges::all_of(out_.phrases, [](const Phrase& phrase) {
      return std::ranges::any_of(phrase, [](const QueryWord& w) { return w.kind != Found::any_word; });
    });
    if (!words)
      refuse("* alone is any word; a phrase needs another word", "write at least one word beside it");
    return std::move(out_);
  }

 private:
  // At the beginning of a word, and with a word after it; other dashes are punctuation.
  bool begins_exclusion(std::size_t at) const {
    if (at > 0 && text::code_point(query_[at - 1]).kind != Kind::space && query_[at - 1] != '|') return false;
    return at + 1 < query_.size() &&
           (query_[at + 1] == '"' || is_wildcard(query_[at + 1]) || !ends_word(query_[at + 1]));
  }

  void require_allowed(char32_t c) const {
    for (const Refused& refused : refused_signs) {
      if (c != refused.sign) continue;
      std::string sign;
      utf8::append(sign, c);
      refuse(fmt::format("character {} of q is {}, which means nothing here", at_ + 1, sign),
             std::string(refused.cure));
    }
  }

  void exclusion() {
    Phrase phrase;
    if (query_[at_] == '"') {
      std::swap(phrase, phrase_);
      quoted();
      std::swap(phrase, phrase_);
    } else if (const LexemeName* name = lexeme_name()) {
      lexeme(phrase, *name);
    } else {
      one_word(phrase);
    }
    if (phrase.empty()) return;
    out_.excluded.push_back(std::move(phrase));
    if (out_.excluded.size() > TextQuery::max_phrases)
      refuse(fmt::format("q leaves out more than {} phrases", TextQuery::max_phrases));
  }

  // The one at at_, at the beginning of a word.
  const LexemeName* lexeme_name() const {
    for (const LexemeName& name : lexeme_names) {
      if (begins_with(query_.substr(at_), name.written)) return &name;
    }
    return nullptr;
  }

  // What follows up to a space. Letters may be apart: root:ك ت ب, and be in quotation marks.
  void lexeme(Phrase& phrase, const LexemeName& name) {
    at_ += name.written.size();
    const auto is_space = [&](std::size_t at) { return text::code_point(query_[at]).kind == Kind::space; };
    std::u32string typed;
    if (at_ < query_.size() && query_[at_] == '"') {
      const std::size_t end = std::min(query_.find('"', at_ + 1), query_.size());
      typed = query_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, query_.size());
    } else {
      const auto run = [&] {
        std::size_t end = at_;
        while (end < query_.size() && !is_space(end) && query_[end] != '"') ++end;
        return query_.substr(at_, end - at_);
      };
      while (typed.empty() && at_ < query_.size() && is_space(at_)) ++at_;
      for (std::u32string_view part = run(); !part.empty(); part = run()) {
        const bool one_letter = text::letters(part).size() == 1;
        if (!typed.empty() && !one_letter) break;
        typed += part;
        at_ += part.size();
        if (!one_letter || name.attribute != attributes::Attribute::root) break;
        std::size_t next = at_;
        while (next < query_.size() && is_space(next)) ++next;
        if (next >= query_.size() || query_[next] == '|' || query_[next] == '-') break;
        const std::size_t before = std::exchange(at_, next);
        if (text::letters(run()).size() != 1) {
          at_ = before;
          break;
        }
      }
    }
    if (typed.find_first_not_of(U' ') == std::u32string::npos)
      refuse(fmt::format("q has nothing after the colon at character {}", at_),
             "write a root or a lemma there");
    if (typed.size() > text::longest_word)
      refuse(fmt::format("the root or lemma at character {} of q is too long", at_));
    QueryWord word{.kind = Found::lexeme, .word = text::Word(typed), .attribute = name.attribute};
    add(phrase, std::move(word));
  }

  void quoted() {
    const std::size_t begin = ++at_;
    const std::size_t end = query_.find('"', begin);
    if (end == std::u32string_view::npos) {
      refuse(fmt::format("q opens a quotation at character {} and does not close it", begin),
             "add \" at its end, or leave it out");
    }
    if (has_wildcard(begin, end)) {
      refuse(fmt::format("q has a wildcard in the quotation at character {}", begin),
             "leave out the quotation marks");
    }
    const std::size_t words = phrase_.size();
    const std::u32string_view whole = std::exchange(query_, query_.substr(0, end));
    while (at_ < end) {
      require_allowed(query_[at_]);
      if (ends_word(query_[at_])) {
        ++at_;
      } else {
        some_words(phrase_, true);
      }
    }
    query_ = whole;
    at_ = end + 1;
    if (phrase_.size() == words)
      refuse(fmt::format("the quotation at character {} of q has no words", begin));
  }

  std::size_t run_end(std::size_t at) const {
    while (at < query_.size() && !ends_word(query_[at])) ++at;
    return at;
  }
  bool has_wildcard(std::size_t begin, std::size_t end) const {
    return std::ranges::any_of(query_.substr(begin, end - begin), is_wildcard);
  }
  bool is_operator(std::size_t at) const {
    const char32_t c = query_[at];
    return c == '"' || c == '|' || (c == '-' && begins_exclusion(at)) ||
           std::ranges::any_of(refused_signs, [c](const Refused& r) { return r.sign == c; });
  }

  // The word at at_.
  void one_word(Phrase& phrase) {
    const std::size_t begin = at_;
    at_ = run_end(at_);
    if (has_wildcard(begin, at_)) return add_pattern(phrase, query_.substr(begin, at_ - begin), begin);
    add_words(phrase, begin, false);
  }

  // The words from at_ up to the next one that is not only a word. What is one word is up to the tokenizer, which sees
  // them all: a space may carry a sign.
  void some_words(Phrase& phrase, bool exact) {
    const std::size_t begin = at_;
    if (has_wildcard(at_, run_end(at_))) return one_word(phrase);
    while (at_ < query_.size() && !is_operator(at_)) {
      const std::size_t end = std::max(run_end(at_), at_ + 1);
      if (has_wildcard(at_, end) || (at_ > begin && !exact && lexeme_name() != nullptr)) break;
      at_ = end;
    }
    add_words(phrase, begin, exact);
  }

  void add_words(Phrase& phrase, std::size_t begin, bool exact) {
    std::u32string particle;
    const std::vector<text::Token> tokens = text::tokens(query_.substr(begin, at_ - begin));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!exact && i + 1 < tokens.size() && particle.empty() &&
          is_particle_apart(tokens[i].word, tokens[i + 1].word)) {
        particle = tokens[i].word;
        continue;
      }
      text::Word word(particle.empty() ? tokens[i].word
                                       : with_particle(std::exchange(particle, {}), tokens[i].word));
      require_arabic(word);
      add(phrase, QueryWord{.kind = Found::word, .exact = exact, .word = std::move(word)});
    }
  }

  void add_pattern(Phrase& phrase, std::u32string_view typed, std::size_t begin) {
    if (typed.find_first_not_of('*') == std::u32string_view::npos)
      return add(phrase, QueryWord{.kind = Found::any_word});
    std::u32string pattern;
    std::size_t letters = 0;
    for (std::size_t at = 0; at < typed.size();) {
      if (is_wildcard(typed[at])) {
        if (typed[at] != '*' || !pattern.ends_with(U'*')) pattern += typed[at];
        ++at;
        continue;
      }
      const std::size_t end = std::min(typed.find_first_of(U"*?", at), typed.size());
      const text::Word word(typed.substr(at, end - at));
      at = end;
      if (word.letters.empty()) continue;
      require_arabic(word);
      const auto has_vowel = [](const text::Letter& l) { return l.has(text::vowel_signs | text::shadda); };
      if (std::ranges::any_of(word.letters, has_vowel)) {
        refuse(fmt::format("the word with a wildcard at character {} of q has vowel signs", begin + 1),
               "write letters only beside * and ?");
      }
      const std::u32string part = text::NearForm(word.letters).with_alifs;
      letters += part.size();
      pattern += part;
    }
    if (letters == 0) {
      refuse(fmt::format("the wildcards at character {} of q have no letters beside them", begin + 1),
             "write letters, or * alone for any word");
    }
    if (++patterns_ > TextQuery::max_patterns || pattern.size() > text::longest_word)
      refuse(fmt::format("q has more than {} words with wildcards, or one is too long",
                         TextQuery::max_patterns));
    add(phrase, QueryWord{.kind = Found::pattern, .word = text::Word(typed), .pattern = std::move(pattern)});
  }

  void require_arabic(const text::Word& word) const {
    const auto arabic = [](const text::Letter& l) { return !l.small && text::is_arabic_letter(l.base); };
    if (script_ == Script::any) return;
    if (std::ranges::none_of(word.letters, arabic)) {
      refuse(fmt::format("word {} of q has no Arabic letters; q is one or more Arabic words", words_ + 1));
    }
  }

  void add(Phrase& phrase, QueryWord word) {
    phrase.push_back(std::move(word));
    if (++words_ > TextQuery::max_words)
      refuse(fmt::format("q has more than {} words", TextQuery::max_words));
  }

  void end_phrase() {
    if (phrase_.empty()) return;
    out_.phrases.push_back(std::exchange(phrase_, {}));
    if (out_.phrases.size() > TextQuery::max_phrases)
      refuse(fmt::format("q has more than {} phrases", TextQuery::max_phrases));
  }

  std::u32string_view query_;
  const Script script_;
  std::size_t at_ = 0, words_ = 0, patterns_ = 0;
  Phrase phrase_;
  TextQuery out_;
};

}  // namespace

bool names_lexemes(std::string_view utf8) {
  const std::u32string query = utf8::to_code_points(utf8);
  for (const LexemeName& name : lexeme_names) {
    for (std::size_t at = 0; at < query.size(); ++at) {
      if ((at == 0 || ends_word(query[at - 1])) &&
          begins_with(std::u32string_view(query).substr(at), name.written))
        return true;
    }
  }
  return false;
}

std::u32string written(const QueryWord& word) {
  switch (word.kind) {
    case Found::any_word:
      return U"*";
    case Found::lexeme: {
      const std::u32string name = word.attribute == attributes::Attribute::root ? U"root:" : U"lemma:";
      const bool apart = word.word.written.find(U' ') != std::u32string::npos;
      return apart ? name + U'"' + word.word.written + U'"' : name + word.word.written;
    }
    case Found::word:
    case Found::pattern:
      break;
  }
  return word.word.written;
}

std::u32string written(const Phrase& phrase) {
  std::u32string out;
  bool quoted = false;
  for (const QueryWord& word : phrase) {
    if (quoted && !word.exact) out += U'"';
    if (!out.empty()) out += U' ';
    if (!quoted && word.exact) out += U'"';
    quoted = word.exact;
    out += written(word);
  }
  if (quoted) out += U'"';
  return out;
}

std::u32string written_exclusion(const Phrase& phrase) {
  std::u32string words;
  for (const QueryWord& word : phrase) words += (words.empty() ? U"" : U" ") + written(word);
  return phrase.size() == 1 ? U"-" + words : U"-\"" + words + U'"';
}

TextQuery parse_text_query(std::string_view utf8, Script script) {
  const std::u32string query = utf8::to_code_points(utf8);
  if (query.size() > TextQuery::max_code_points) {
    refuse(fmt::format("q has {} code points; {} are allowed", query.size(), TextQuery::max_code_points));
  }
  return QueryReader(query, script).read();
}

}  // namespace kalima::search
