#include "app/version.h"

namespace kalima::app {

std::string_view version() { return KALIMA_VERSION; }

}  // namespace kalima::app
