// What the answers of /api/v1 have in common.
#pragma once

#include <string>
#include <string_view>

#include "http/json_writer.h"
#include "http/message.h"
#include "support/utf8.h"

namespace kalima::api::v1 {

inline std::string utf8_of(std::u32string_view code_points) {
  std::string out;
  for (const char32_t c : code_points) utf8::append(out, c);
  return out;
}

inline http::Response answer_of(http::JsonWriter& out) { return http::json_response(http::Body(out.take())); }

}  // namespace kalima::api::v1
