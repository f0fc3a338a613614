// What the levels, types and sources of attributes are called in answers and in help.
#pragma once

#include <string_view>

#include "attributes/attribute.h"

namespace kalima::attributes {

std::string_view name(Level level);
std::string_view name(Type type);
std::string_view name(Source source);

}  // namespace kalima::attributes
