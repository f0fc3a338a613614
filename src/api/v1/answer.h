// What the answers of /api/v1 have in common.
#pragma once

#include "http/json_writer.h"
#include "http/message.h"

namespace kalima::api::v1 {

inline http::Response answer_of(http::JsonWriter& out) { return http::json_response(http::Body(out.take())); }

}  // namespace kalima::api::v1
