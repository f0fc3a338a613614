#include "store/stored_json.h"

#include <fmt/format.h>

#include "support/error.h"

namespace kalima::store {

json::Value stored_json(std::string_view text, const json::Limits& limits) {
  try {
    return json::parse(text, limits);
  } catch (const Error& e) {  // for whoever asks, this is not about what they sent
    throw Error(ErrorCode::damaged,
                fmt::format("the database is damaged: a document cannot be read: {}", e.what()),
                "restore a backup");
  }
}

std::optional<json::Value> readable_json(std::string_view text, const json::Limits& limits) {
  try {
    return json::parse(text, limits);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace kalima::store
