#include "app/library_folders.h"

#include <fmt/format.h>

#include <string_view>

#include "app/paths.h"
#include "support/error.h"
#include "support/files.h"
#include "support/hash.h"
#include "support/log.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view notes_key = "folder.notes", resources_key = "folder.resources";
constexpr std::size_t max_path_bytes = 64 * 1024;

// One file for each folder, so that imports at the same time are not in each other's way; its content is the path.
std::optional<fs::path> folder_of_records() {
  const auto data = data_folder();
  if (!data) return std::nullopt;
  return *data / "folders";
}

fs::path record_of(const fs::path& records, std::string_view folder) {
  return records / fmt::format("{:016x}", hash_of(folder));
}

std::string recorded(const fs::path& record) {
  try {
    return files::read(record, max_path_bytes);
  } catch (const Error&) {  // it says nothing then
    return {};
  }
}

bool imported_here(std::string_view folder) {
  const auto records = folder_of_records();
  return records && recorded(record_of(*records, folder)) == folder;
}

bool is_folder(std::string_view path) {
  std::error_code error;  // a folder that cannot be read counts as missing
  return fs::is_directory(files::path_from_utf8(path), error);
}

// Of folders that are gone.
void remove_old_records(const fs::path& records) {
  std::error_code error;
  for (fs::directory_iterator entries(records, error); !error && entries != fs::directory_iterator();
       entries.increment(error)) {
    std::error_code ignored;
    if (const std::string folder = recorded(entries->path()); !folder.empty() && !is_folder(folder))
      fs::remove(entries->path(), ignored);
  }
}

}  // namespace

LibraryFolders library_folders(const store::CorpusReader& database, const std::optional<fs::path>& notes,
                               const std::optional<fs::path>& resources) {
  LibraryFolders folders;
  const auto choose = [&](const std::optional<fs::path>& given, std::string_view key) {
    const auto named = given ? std::nullopt : database.meta(key);
    if (!named) return given;
    if (is_folder(*named) && imported_here(*named)) return std::optional(files::path_from_utf8(*named));
    (is_folder(*named) ? folders.foreign : folders.missing).push_back(*named);
    return given;
  };
  folders.notes = choose(notes, notes_key);
  folders.resources = choose(resources, resources_key);
  return folders;
}

void remember_library_folders(const store::CorpusReader& database) {
  for (const std::string_view key : {notes_key, resources_key}) {
    const auto folder = database.meta(key);
    if (!folder || imported_here(*folder)) continue;
    const auto records = folder_of_records();
    try {
      if (!records)
        throw Error(ErrorCode::not_found, "the environment names no folder for the data of programs");
      files::make_folders(*records);
      remove_old_records(*records);
      files::replace_durably(record_of(*records, *folder), *folder);
    } catch (const Error& e) {  // the import itself is done
      log::warning("{} will have to be named when the server starts (--notes, --resources): {}", *folder,
                   e.what());
    }
  }
}

}  // namespace kalima::app
