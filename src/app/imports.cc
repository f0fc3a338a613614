#include "app/imports.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/import_steps.h"
#include "app/index.h"
#include "app/new_corpus.h"
#include "http/guard.h"
#include "http/multipart.h"
#include "importers/conllu.h"
#include "importers/public.h"
#include "store/corpus_reader.h"
#include "store/former_database.h"
#include "support/error.h"
#include "support/files.h"
#include "support/log.h"
#include "support/memory.h"
#include "support/priority.h"
#include "support/stop.h"

namespace kalima::app {
namespace fs = std::filesystem;
namespace {

using api::v1::Import;
using State = Import::State;

// Older ones are forgotten.
constexpr std::size_t max_listed = 20;
constexpr std::size_t max_messages = 200;
constexpr std::size_t max_listed_notes = 1000;
// So long a person may think about what a check has said.
constexpr std::chrono::minutes max_kept(10);

// Where what a check has kept waits.
fs::path checked_place(const fs::path& database) { return files::with_suffix(database, "-checked"); }

std::string file_name(const std::optional<fs::path>& path) {
  return path ? files::to_utf8(path->filename()) : std::string();
}

void take_counts(const importers::Counts& counts, Import::Result& result) {
  result.surahs = counts.surahs;
  result.verses = counts.verses;
  result.words = counts.words;
  result.segments = counts.segments;
  result.translations = counts.translations;
  result.treebank_rows = counts.treebank_rows;
  result.treebank_verses = counts.treebank_verses;
  result.masaq_rows = counts.masaq_rows;
  result.masaq_verses = counts.masaq_verses;
}

std::string_view reason_of(research::Exchanged::What what) {
  using What = research::Exchanged::What;
  switch (what) {
    case What::no_verse:
      return "the new corpus has not its verse; it is in the file of what was left out";
    case What::no_words:
      return "the new corpus has not all of its words";
    case What::other_words:
      return "its words are others than before";
    case What::conflict:
    case What::added:
    case What::replaced:
    case What::same:
      break;
  }
  return {};
}

Import::Kept kept_of(const Succeeded& done) {
  using What = research::Exchanged::What;
  const research::Exchanged& exchanged = done.kept->done;
  Import::Kept out;
  out.documents =
      exchanged.count(What::added) + exchanged.count(What::replaced) + exchanged.count(What::same);
  out.marked = exchanged.count(What::no_words) + exchanged.count(What::other_words);
  out.left_out = exchanged.count(What::no_verse);
  out.left_out_file = file_name(done.left_out);
  for (const auto& row : exchanged.rows) {
    const std::string_view reason = reason_of(row.what);
    if (reason.empty()) continue;
    if (out.list.size() == max_listed_notes) break;
    out.list.push_back({std::string(row.type->name), row.id, reason});
  }
  return out;
}

}  // namespace

Imports::Imports(const ServiceOptions& options)
    : database_(options.database),
      read_only_(options.read_only),
      has_token_(!options.guard.token.empty()),
      max_bytes_(options.max_import_bytes) {
  if (!read_only_) {
    files::remove_left_scratch(database_);
    files::remove_left_scratch(index_folder(database_));
    files::remove_left_scratch(checked_place(database_));
  }
}

void Imports::end() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Imports::serve(Current& current, Reopen reopen) {
  current_ = &current;
  reopen_ = std::move(reopen);
}

std::optional<Error> Imports::refusal([[maybe_unused]] const http::Request& request) const {
  if (read_only_) {
    return Error(ErrorCode::forbidden, "the server was started with --read-only: nothing can be imported",
                 "start it without that option");
  }
#ifdef _WIN32
  return Error(ErrorCode::unavailable, "on Windows a server cannot replace a database that it has open",
               "end it, and use `kalima import --keep-research`");
#else
  if (has_token_ || http::is_from_this_machine(request)) return std::nullopt;  // the guard has seen the token
  return Error(ErrorCode::forbidden, "only this machine may import, and not through a proxy",
               "open the page on the machine of the server, or start the server with --token");
#endif
}

std::shared_ptr<http::Upload> Imports::receive(const http::Request& request) {
  if (const auto refused = refusal(request)) throw *refused;
  const auto boundary = http::Multipart::boundary_of(request.header("Content-Type"));
  if (!boundary) throw http::another_form();
  if (request.announced_bytes > max_bytes_) {
    throw Error(ErrorCode::too_large,
                fmt::format("{} bytes were announced; an import takes at most {}", request.announced_bytes,
                            max_bytes_),
                "start the server with a larger --max-import-bytes, or use `kalima import`");
  }
  Place place = take_place();
  return std::make_shared<Received>(std::move(place.taken), std::move(place.scratch), *boundary);
}

Imports::Place Imports::take_place() {
  const auto taken = [] {
    return Error(ErrorCode::conflict, "another import is going on",
                 "wait for it, or cancel it: GET /api/v1/imports lists it");
  };
  std::shared_ptr<void> place;
  {
    const std::lock_guard lock(mutex_);
    if (!place_.expired()) throw taken();
    place = std::make_shared<int>();
    place_ = place;
  }
  std::error_code ignored;
  if (fs::is_symlink(fs::symlink_status(database_, ignored))) {
    throw Error(
        ErrorCode::bad_input,
        fmt::format("{} is a link; the link would be replaced, not its target", files::to_utf8(database_)),
        "start the server with the path of the file itself: --db FILE");
  }
  require_replaceable_index(index_folder(database_));
  auto scratch = files::Scratch::alone(database_);
  if (!scratch) throw taken();
  return {std::move(place), std::move(*scratch)};
}

Import Imports::start(const http::Request& request) {
  const auto received = std::dynamic_pointer_cast<Received>(request.upload);
  if (!received) {
    throw Error(ErrorCode::unsupported_type, "the files are missing",
                "send them as multipart/form-data, each as a part \"file\"");
  }
  received->finish();
  Work work;
  work.job = std::make_shared<Job>();
  work.received = received;
  Import& shown = work.job->shown;
  try {
    for (const Received::File& file : received->files()) {
      work.files.push_back({file.path, importers::kind_of_file(file.path)});
      shown.files.push_back({file.name, importers::name_of(work.files.back().kind), file.bytes});
    }
    importers::require_one_corpus(work.files);
  } catch (const Error& e) {  // the client knows the files by other names
    throw received->shown(e);
  }
  shown.check = received->check() != Received::Check::none;
  shown.state = shown.check ? State::checking : State::importing;
  return begin(std::move(work));
}

Import Imports::start_checked(const http::Request& request, std::string_view id) {
  if (const auto refused = refusal(request)) throw *refused;
  find(id);
  Work work;
  work.place.emplace(take_place());
  std::unique_ptr<Checked> checked;
  {
    const std::lock_guard lock(mutex_);
    if (checked_ && checked_->check.id == id) checked = std::move(checked_);
  }
  if (!checked) {
    throw Error(ErrorCode::conflict, "what this import has checked is not kept any longer",
                "send the files again");
  }
  changed_.notify_all();
  files::replace(checked->database(), work.scratch() / "database");
  work.job = std::make_shared<Job>();
  work.counts = std::move(checked->counts);
  Import& shown = work.job->shown;
  shown.files = std::move(checked->check.files);
  shown.messages = std::move(checked->check.messages);
  shown.state = State::importing;
  shown.progress = progress_of("columns: verses", 0, 1);
  return begin(std::move(work));
}

// With the place taken.
Import Imports::begin(Work work) {
  std::unique_ptr<Checked> given_up;
  {
    const std::lock_guard lock(mutex_);
    given_up = std::move(checked_);
  }
  changed_.notify_all();
  // Whoever had the place before has ended, or is about to.
  if (thread_.joinable()) thread_.join();
  Import& shown = work.job->shown;
  shown.version = 1;
  const std::lock_guard lock(mutex_);
  if (ending_) throw Error(ErrorCode::unavailable, "the server is ending");
  shown.id = std::to_string(++last_id_);
  jobs_.push_front(work.job);
  if (jobs_.size() > max_listed) jobs_.pop_back();
  const Import begun = shown;
  thread_ = std::thread([this, w = std::move(work)]() mutable { run(std::move(w)); });
  return begun;
}

std::shared_ptr<Imports::Job> Imports::find_job(std::string_view id) const {
  for (const auto& job : jobs_) {
    if (job->shown.id == id) return job;
  }
  throw Error(ErrorCode::not_found, fmt::format("import \"{}\" not found", id)).with({.parameter = "id"});
}

std::vector<Import> Imports::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<Import> out;
  for (const auto& job : jobs_) out.push_back(job->shown);
  return out;
}

Import Imports::find(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  return find_job(id)->shown;
}

Import Imports::next(std::string_view id, std::uint64_t seen, std::chrono::milliseconds time) const {
  // The server does not wait for those who only listen.
  constexpr std::chrono::milliseconds look(250);
  const auto end = std::chrono::steady_clock::now() + time;
  std::unique_lock lock(mutex_);
  const auto job = find_job(id);
  while (job->shown.version == seen && !ending_ && stop::requested() == 0 &&
         std::chrono::steady_clock::now() < end) {
    changed_.wait_for(lock, look);
  }
  return job->shown;
}

Import Imports::cancel(std::string_view id) {
  std::unique_ptr<Checked> given_up;  // removed without the lock
  const std::lock_guard lock(mutex_);
  const auto job = find_job(id);
  if (job->shown.state == State::switching) {
    throw Error(ErrorCode::conflict, "the new corpus is taking its place; it is too late to cancel");
  }
  job->cancelled = true;
  if (checked_ && checked_->check.id == id) given_up = std::move(checked_);
  changed_.notify_all();
  return job->shown;
}

void Imports::change(Job& job, const std::function<void(Import&)>& edit) {
  {
    const std::lock_guard lock(mutex_);
    edit(job.shown);
    ++job.shown.version;
  }
  changed_.notify_all();
}

void Imports::show_progress(Job& job, std::string_view step, std::size_t done, std::size_t whole) {
  const std::lock_guard lock(mutex_);
  if (job.cancelled || ending_) throw stop::Stopped();
  const double now = std::max(job.shown.progress, progress_of(step, done, whole));
  // Not each is worth an event.
  if (now - job.shown.progress < 0.005 && job.shown.step == step) return;
  job.shown.progress = now;
  job.shown.step = step;
  ++job.shown.version;
  changed_.notify_all();
}

// Makes the database of the files that were sent.
void Imports::read_files(Work& work, const fs::path& made, const Progress& progress) {
  work.counts = fill_database(made, [&](store::CorpusWriter& writer) {
    // What was received is not too large.
    const importers::Limits limits(max_bytes_);
    if (work.files.front().kind == importers::FileKind::conllu)
      return importers::import_conllu(work.files.front().path, limits, writer, progress);
    return importers::import_public(importers::public_files(work.files), limits, writer, progress);
  });
  change(*work.job, [&](Import& shown) {
    for (const std::string& warning : work.counts.warnings) {
      if (shown.messages.size() == max_messages) break;
      shown.messages.push_back(work.received->shown(warning));
    }
  });
}

// After a check: its database waits, and its files are not needed any longer.
void Imports::keep(const Work& work, const fs::path& made) {
  auto checked =
      std::make_unique<Checked>(Checked{{}, work.counts, files::Scratch(checked_place(database_))});
  files::replace(made, checked->database());
  const std::lock_guard lock(mutex_);
  // Cancelled or ended too late to be heard by what was read.
  if (work.job->cancelled || ending_) throw stop::Stopped();
  checked->check = work.job->shown;
  checked_ = std::move(checked);
}

// Until what is kept is imported or given up, its time is over, or the server ends.
void Imports::hold(const Checked* kept) {
  std::unique_ptr<Checked> over;
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, max_kept, [&] { return ending_ || checked_.get() != kept; });
  if (checked_.get() == kept) over = std::move(checked_);
}

void Imports::work_on(Work& work, Import::Result& result) {
  Job& job = *work.job;
  const files::Scratch& scratch = work.scratch();
  const Progress progress = [&](std::string_view step, std::size_t done, std::size_t whole) {
    show_progress(job, step, done, whole);
  };
  const fs::path made = scratch / "database";
  if (work.received) read_files(work, made, progress);
  take_counts(work.counts, result);
  result.replaces = true;
  if (job.shown.check) {
    if (store::holds_research(store::CorpusReader(database_).connection()))
      result.backup = file_name(backup_name(database_));
    if (work.received->check() == Received::Check::keep) keep(work, made);
    return;
  }
  complete_corpus(made, progress);
  {
    const std::lock_guard lock(mutex_);
    if (job.cancelled || ending_) throw stop::Stopped();
    job.shown.state = State::switching;
    job.shown.step = "switching";
    ++job.shown.version;
  }
  changed_.notify_all();
  const Succeeded done = succeed(database_, *current_, reopen_, made, scratch);
  result.backup = file_name(done.backup);
  if (done.kept) result.kept = kept_of(done);
  log::warning("a new corpus has taken the place of the former one: {} verses", result.verses);
}

void Imports::run(Work work) {
  lower_priority_of_this_thread();
  Import::Result result;
  std::optional<Error> error;
  bool stopped = false;
  try {
    work_on(work, result);
  } catch (const stop::Stopped&) {
    stopped = true;
  } catch (...) {  // the thread's top
    error = work.received ? work.received->shown(current_error()) : current_error();
    if (error->code() == ErrorCode::internal) log::error("an import failed: {}", current_error().detail());
  }
  const auto job = std::move(work.job);
  const Checked* kept = nullptr;
  {
    // Before the place is free: whoever takes it gives up what is kept.
    const std::lock_guard lock(mutex_);
    if (checked_ && checked_->check.id == job->shown.id) kept = checked_.get();
  }
  // The next one may begin as soon as this one shows its end.
  work.received.reset();
  work.place.reset();
  return_freed_memory();
  change(*job, [&](Import& shown) {
    shown.state = stopped ? State::cancelled : error ? State::failed : State::done;
    shown.step = "";
    if (error) shown.error = http::problem_of(*error);
    if (shown.state != State::done) return;
    shown.progress = 1;
    shown.result = std::move(result);
  });
  if (kept) hold(kept);
}

}  // namespace kalima::app
