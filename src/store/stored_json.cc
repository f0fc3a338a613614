#include "store/stored_json.h"

#include <fmt/format.h>

#include "support/error.h"
#include "support/json_check.h"

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

void require_stored_json(std::string_view text) {
  if (json::well_formed(text)) return;
  throw Error(ErrorCode::damaged, "the database is damaged: a document cannot be read", "restore a backup");
}

}  // namespace kalima::store
