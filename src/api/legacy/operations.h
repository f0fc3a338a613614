// What the old API's routes are, for the description of all routes. Threads: constant.
#pragma once

#include <span>

#include "http/route.h"

namespace kalima::api::legacy {

std::span<const http::Operation> operations();

}  // namespace kalima::api::legacy
