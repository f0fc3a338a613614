#include "app/own_names.h"

#include <fmt/format.h>

#include "app/index.h"
#include "store/log_owner.h"
#include "support/error.h"
#include "support/files.h"

namespace kalima::app {
namespace fs = std::filesystem;

void require_other_name(const fs::path& database, const fs::path& target) {
  std::error_code error;
  const fs::path made = fs::weakly_canonical(target, error);
  if (error) return;  // whoever makes it says what is wrong with the path
  const fs::path owner = store::owner_file_of(database);
  for (const fs::path& own :
       {store::log_of(database), store::shared_memory_of(database), owner, files::with_suffix(owner, ".part"),
        files::with_suffix(database, "-journal"), index_folder(database)}) {
    if (made != fs::weakly_canonical(own, error)) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("{} is where Kalima keeps a part of {}", files::to_utf8(target),
                            files::to_utf8(database)),
                "choose another name");
  }
}

}  // namespace kalima::app
