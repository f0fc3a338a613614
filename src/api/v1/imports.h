// Imports over HTTP, as the routes see them: app/imports.h does them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/upload.h"

namespace kalima::api::v1 {

inline constexpr std::string_view imports_path = "/api/v1/imports";

// One import as it is at a moment.
struct Import {
  enum class State : std::uint8_t { checking, importing, switching, done, failed, cancelled };
  struct File {
    std::string name;  // as the client called it
    std::string_view kind;
    std::uint64_t bytes = 0;
  };
  // A document of the former corpus that is not as it was.
  struct Note {
    std::string kind, id;
    std::string_view reason;
  };
  struct Kept {
    std::size_t documents = 0, marked = 0, left_out = 0;
    std::string left_out_file;  // next to the database; empty if none was left out
    std::vector<Note> list;
  };
  struct Result {
    bool replaces = false;  // another corpus
    std::size_t surahs = 0, verses = 0, words = 0, segments = 0, translations = 0;
    std::size_t treebank_rows = 0, treebank_verses = 0, masaq_rows = 0, masaq_verses = 0;
    std::string backup;  // the file of the former database, next to it; empty if none is kept
    std::optional<Kept> kept;
  };

  std::string id;
  State state = State::checking;
  bool check = false;
  std::vector<File> files;
  double progress = 0;  // from 0 to 1
  std::string step;
  std::vector<std::string> messages;
  std::optional<http::Problem> error;
  std::optional<Result> result;
  std::uint64_t version = 0;  // grows with each change

  bool ended() const { return state >= State::done; }
};
inline constexpr std::string_view import_state_names[] = {"checking", "importing", "switching",
                                                          "done",     "failed",    "cancelled"};

// Threads: any.
class ImportDesk {
 public:
  virtual ~ImportDesk() = default;

  // Why this client may not import; nullopt if it may.
  virtual std::optional<Error> refusal(const http::Request& request) const = 0;
  // The largest body.
  virtual std::uint64_t max_bytes() const = 0;
  // Takes the place of the import that is going on, for a request whose body is to come. Throws Error: forbidden, too_large,
  // conflict if the place is taken.
  virtual std::shared_ptr<http::Upload> receive(const http::Request& request) = 0;
  // Begins the import of what request.upload, made by receive(), has got. Throws Error if that is not a corpus.
  virtual Import start(const http::Request& request) = 0;
  // Begins the import of what the check `id` has kept. Throws Error: forbidden, not_found, conflict if the place is taken or
  // nothing is kept any longer.
  virtual Import start_checked(const http::Request& request, std::string_view id) = 0;
  // Latest first.
  virtual std::vector<Import> list() const = 0;
  // Throws Error(not_found).
  virtual Import find(std::string_view id) const = 0;
  // The same, after it has another version than `seen`, or the time is over, or the server ends.
  virtual Import next(std::string_view id, std::uint64_t seen, std::chrono::milliseconds time) const = 0;
  // Throws Error(not_found), Error(conflict) if it is too late. The import ends a little later.
  virtual Import cancel(std::string_view id) = 0;
};

}  // namespace kalima::api::v1
