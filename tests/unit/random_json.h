// Random JSON values, the same in every run.
#pragma once

#include <string>

#include "support/json.h"
#include "testing.h"

namespace kalima::testing {

inline std::string random_text(Random& random, std::size_t longest = 8) {
  static const std::vector<std::string> letters = {
      "a",    "Z",    "0", " ", "\"",     "\\",     "/",      "\n",     "\t",         "\x01",
      "\x1F", "\x7F", "é", "ن", "\u0651", "\u064E", "\u2028", "\uFFFD", "\U0001F600", std::string(1, '\0')};
  std::string out;
  for (std::size_t left = random.between(0, longest); left > 0; --left) out += random.pick(letters);
  return out;
}

// Numbers have the text that a parsed number has.
inline json::Value random_json(Random& random, int depth = 4) {
  static const std::vector<std::string> numbers = {"0",
                                                   "-1",
                                                   "7",
                                                   "1000.0",
                                                   "0.75",
                                                   "1e+16",
                                                   "1.5e-07",
                                                   "-0.0",
                                                   "123456789012345678901234567890",
                                                   "-9223372036854775808"};
  switch (random.below(depth > 0 ? 8 : 5)) {
    case 0:
      return {};
    case 1:
      return random.one_in(2);
    case 2:
      return json::Number{random.pick(numbers)};
    case 3:
    case 4:
      return random_text(random);
    case 5: {
      json::Array array;
      for (std::size_t left = random.between(0, 4); left > 0; --left)
        array.push_back(random_json(random, depth - 1));
      return array;
    }
    default: {
      json::Value object = json::Object{};
      for (std::size_t left = random.between(0, 5); left > 0; --left) {
        object.set(random_text(random, 3), random_json(random, depth - 1));
      }
      return object;
    }
  }
}

}  // namespace kalima::testing
