// A value of an attribute whose values are known in advance: one row of a closed set (the three persons) or of
// the named values of an open one (the relations of a treebank).
//
// Threads: everything in this folder is constant.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace kalima::attributes {

// All texts are UTF-8; empty means not given.
struct Value {
  std::string_view name;     // as stored, written in queries and shown in columns: "GEN"
  std::string_view english;  // "genitive"; lower case except for names and Roman numbers
  std::string_view arabic;   // "مجرور"
  std::string_view ud;       // its name in Universal Dependencies: "Gen", "NOUN", "nsubj"
  std::string_view aliases;  // further names that users may type, separated by spaces
};

// A closed set in the order of its enumeration, so that an enumerator is the index of its row.
template <typename Set, std::size_t size>
consteval std::array<Value, size> in_order(const std::pair<Set, Value> (&rows)[size]) {
  std::array<Value, size> out{};
  for (std::size_t i = 0; i < size; ++i) {
    if (static_cast<std::size_t>(rows[i].first) != i) throw "a row is not at the index of its enumerator";
    out[i] = rows[i].second;
  }
  return out;
}

}  // namespace kalima::attributes
