// The corpus of a running server is replaced: the new one takes its place between two requests.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "app/current.h"
#include "app/kept_research.h"
#include "app/service.h"
#include "support/scratch.h"

namespace kalima::app {

struct Succeeded {
  std::optional<std::filesystem::path> backup;  // of a former database with research
  std::optional<KeptResearch> kept;             // what became of that
  std::optional<std::filesystem::path> left_out;
};

// Opens the generation of the database as it is then.
using Reopen = std::function<std::shared_ptr<Generation>(std::shared_ptr<const Index>)>;

// Puts `made`, a database with its index in `scratch`, in the place of the database that answers, with the research of that.
// Requests that only read do not wait; those that write wait until the new one answers, and no write is lost. Throws Error;
// then the former database answers as before. Killed at any moment, one of the two is there as a whole. Threads: one at a time.
Succeeded succeed(const std::filesystem::path& database, Current& current, const Reopen& reopen,
                  const std::filesystem::path& made, const files::Scratch& scratch);

}  // namespace kalima::app
