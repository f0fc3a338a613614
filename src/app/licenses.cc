#include "app/licenses.h"

#include "app/license_texts.h"
#include "support/inflate.h"

namespace kalima::app {

std::string licenses() { return inflate(compressed_licenses()); }

}  // namespace kalima::app
