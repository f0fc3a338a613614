#include "api/legacy/derived/terms.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/hash.h"
#include "support/utf8.h"

namespace kalima::api::legacy {
namespace {

// Xapian's limit is 245 bytes with NUL taking two.
constexpr std::size_t longest_value = 240;
constexpr std::size_t kept_of_long = 200;

}  // namespace

std::string term(Field field, std::string_view value) {
  std::string out(1, static_cast<char>(field));
  if (value.size() <= longest_value && value.find('\0') == std::string_view::npos) return out.append(value);
  std::string kept(value.substr(0, kept_of_long));
  std::erase(kept, '\0');
  // \x01 distinguishes the hash from a value that ends in the same way.
  return out + kept + fmt::format("\x01{:016x}", hash_of(value));
}

std::string term(Field field, std::size_t number) {
  return fmt::format("{}{}", static_cast<char>(field), number);
}

std::vector<std::string_view> grams(std::string_view utf8, std::size_t size) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < utf8.size();) {
    starts.push_back(at);
    utf8::decode(utf8, at);
  }
  starts.push_back(utf8.size());
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i + size < starts.size(); ++i) {
    out.push_back(utf8.substr(starts[i], starts[i + size] - starts[i]));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace kalima::api::legacy
