// A description of routes that programs read: an OpenAPI 3.1 document, made from their declarations. Threads: pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/route.h"

namespace kalima::http {

struct ApiInfo {
  std::string_view title, version, description;
  std::string_view server = "/";  // the address before all paths
};

// JSON. The same operations give the same bytes. Throws Error(internal) if two different shapes have one name: clients
// would get only one of them.
std::string openapi(const ApiInfo& info, std::span<const Operation* const> operations);

}  // namespace kalima::http
