#include "support/rows.h"

#include <fmt/format.h>

#include "support/error.h"

namespace kalima {

void damaged_index(const char* what) {
  throw Error(ErrorCode::unavailable, fmt::format("the index is damaged ({})", what),
              "kalima reindex rebuilds it");
}

}  // namespace kalima
