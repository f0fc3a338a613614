// corpus/features: any text can be read, nothing of it is lost, and what was understood reads the same again.
//
// libFuzzer: -max_len=256
#include "corpus/features.h"

#include <set>

#include "fuzzing.h"

namespace {

using namespace kalima;
using namespace kalima::fuzzing;

bool within(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

std::multiset<std::string> parts_of(std::string_view text) {
  std::multiset<std::string> parts;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('|'));
    parts.emplace(part);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    if (text.empty() && part.data() + part.size() != text.data()) parts.emplace();  // a `|` at the end
  }
  return parts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const corpus::Features read = corpus::read_features(text);
  for (const std::string_view part : read.leftovers) FUZZ_CHECK(within(part, text));
  if (read.lemma) FUZZ_CHECK(!read.lemma->empty() && within(*read.lemma, text));
  if (read.root) FUZZ_CHECK(!read.root->empty() && within(*read.root, text));

  // What was understood, in the order of the corpus, and nothing else.
  const std::string written = corpus::to_text(read);
  corpus::Features understood = read;
  understood.leftovers.clear();
  FUZZ_CHECK(corpus::read_features(written) == understood);
  std::multiset<std::string> parts = parts_of(written);
  for (const std::string_view part : read.leftovers) parts.emplace(part);
  FUZZ_CHECK(parts == parts_of(text));

  const corpus::Features implied = corpus::with_implied(read);
  FUZZ_CHECK(corpus::with_implied(implied) == implied);
  const auto values = corpus::named_values(read), more = corpus::named_values(implied);
  for (const auto& value : values) {
    FUZZ_CHECK(!value.second.empty());
    FUZZ_CHECK(std::find(more.begin(), more.end(), value) != more.end());
  }
  return 0;
}
