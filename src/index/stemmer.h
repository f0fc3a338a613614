// The stems of words, by Xapian's Snowball. Threads: an object belongs to one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kalima::index {

class Stemmer {
 public:
  // `language`: an ISO 639 code or an English name, such as en; words of a language without stems stay as they are.
  explicit Stemmer(std::string_view language);
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;
  ~Stemmer();

  // Of a word in lower case, UTF-8.
  std::string stem(const std::string& word) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kalima::index
