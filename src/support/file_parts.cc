#include "support/file_parts.h"

#include <fmt/format.h>

#include <utility>

#include "support/error.h"
#include "support/system_file.h"

#ifndef _WIN32
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace kalima::files {
namespace fs = std::filesystem;
namespace {

File open_for_reading(const fs::path& path) {
#ifdef _WIN32
  require_file(path);
  File file(_wfopen(path.c_str(), L"rb"));
#else
  Descriptor descriptor = open_ordinary(path);
  File file(::fdopen(descriptor.get(), "rb"));
  if (file) descriptor.release();
#endif
  if (!file) fail("cannot read", path, last_error());
  return file;
}

// Into a pipe or device nothing is written.
File open_for_writing(const fs::path& path) {
#ifdef _WIN32
  return File(_wfopen(path.c_str(), L"wb"));
#else
  Descriptor descriptor(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666));
  if (!descriptor.valid()) return nullptr;
  struct stat status {};
  if (::fstat(descriptor.get(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::bad_input, fmt::format("cannot write {}: a device or pipe", to_utf8(path)),
                "name an ordinary file");
  }
  File file(::fdopen(descriptor.get(), "wb"));
  if (file) descriptor.release();
  return file;
#endif
}

}  // namespace

InputFile::InputFile(const fs::path& path, std::size_t max_bytes, std::string cure)
    : path_(path), max_bytes_(max_bytes), cure_(std::move(cure)), file_(open_for_reading(path)) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return;
  size_ = static_cast<std::size_t>(size);
  require_size(size_);
}

void InputFile::require_size(std::size_t size) const {
  if (size <= max_bytes_) return;
  throw Error(ErrorCode::too_large,
              fmt::format("{}: {} MiB large; expected at most {} MiB", to_utf8(path_),
                          (size + (1U << 20) - 1) >> 20, max_bytes_ >> 20),
              cure_);
}

std::string_view InputFile::read(std::size_t max_size) {
  buffer_.resize(max_size);
  const std::size_t got = std::fread(buffer_.data(), 1, max_size, file_.get());
  if (std::ferror(file_.get()) != 0) fail("cannot read", path_, last_error());
  read_ += got;
  require_size(read_);
  return std::string_view(buffer_).substr(0, got);
}

void InputFile::rewind() {
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) fail("cannot read", path_, last_error());
  read_ = 0;
}

OutputFile::OutputFile(const fs::path& path) : path_(path), file_(open_for_writing(path)) {
  if (!file_) fail("cannot write", path_, last_error());
}

void OutputFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
    fail("cannot write", path_, last_error());
}

void OutputFile::finish() {
  if (std::fflush(file_.get()) != 0) fail("cannot write", path_, last_error());
#ifndef _WIN32
  if (::fsync(::fileno(file_.get())) != 0) fail("cannot flush", path_, last_error());
#endif
}

}  // namespace kalima::files
