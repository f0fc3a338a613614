// A tree as text: parse(print(query)) is the same tree, with the parentheses it needs and one way to write each thing.
// Pure; every thread may call it at any time.
#pragma once

#include <string>

#include "query/syntax/tree.h"

namespace kalima::query {

std::string print(const Query& query);
std::string print(const Node& node);
std::string print(const Test& test);
std::string print(const Value& value);
std::string print(const Operand& operand);
std::string print(const SpanCall::Option& option);
// In the quotes that need no backslash, if there are any.
std::string in_quotes(std::string_view text);
// Literal text as a regular expression.
std::string escaped(std::string_view text);
std::string_view name_of(Reading reading);
std::string_view sign_of(Comparison comparison);

}  // namespace kalima::query
