#include "importers/source.h"

#include "support/files.h"

namespace kalima::importers {

void Source::fail(std::size_t line, std::size_t column, const std::string& message,
                  const std::string& cure) const {
  throw Error(ErrorCode::bad_input, message, cure,
              {.file = files::to_utf8(path_), .line = line, .column = column});
}

Place Source::place(std::size_t line) const { return {.file = files::to_utf8(path_), .line = line}; }

}  // namespace kalima::importers
