#include "index/stemmer.h"

#include <xapian.h>

namespace kalima::index {

struct Stemmer::State {
  Xapian::Stem stem;
};

Stemmer::Stemmer(std::string_view language) : state_(std::make_unique<State>()) {
  // With the second argument an unknown language has no stems.
  state_->stem = Xapian::Stem(std::string(language), true);
}
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;
Stemmer::~Stemmer() = default;

std::string Stemmer::stem(const std::string& word) const {
  // Longer ones are not words of a language.
  constexpr std::size_t max_size = 60;
  return word.size() > max_size ? word : state_->stem(word);
}

}  // namespace kalima::index
