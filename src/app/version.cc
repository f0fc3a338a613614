#include "app/version.h"

#include <build_info.h>

namespace kalima::app {

std::string_view version() { return KALIMA_VERSION; }

std::string_view version_text() {
  return "kalima " KALIMA_VERSION "\ncommit " KALIMA_COMMIT "\nlibraries:" KALIMA_LIBRARIES;
}

}  // namespace kalima::app
