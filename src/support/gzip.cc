#include "support/gzip.h"

#include <zlib.h>

#include <array>

#include "support/error.h"

namespace kalima {

struct Gzip::Stream {
  z_stream z{};
};

Gzip::Gzip() : stream_(std::make_unique<Stream>()) {
  // A window of 8 KB: what repeats in an answer is near.
  constexpr int level = 4, window = 13 + 16, memory = 7;
  if (::deflateInit2(&stream_->z, level, Z_DEFLATED, window, memory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw Error(ErrorCode::unavailable, "not enough memory");
}

Gzip::~Gzip() { ::deflateEnd(&stream_->z); }

void Gzip::add(std::string_view bytes, std::string& out) {
  constexpr std::size_t at_once = std::size_t{1} << 30;
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, at_once);
    run(part, false, out);
    bytes.remove_prefix(part.size());
  }
}

void Gzip::finish(std::string& out) { run({}, true, out); }

void Gzip::run(std::string_view bytes, bool last, std::string& out) {
  z_stream& z = stream_->z;
  // zlib does not write there; its interface is older than const.
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  std::array<char, 16 * 1024> made;
  do {
    z.next_out = reinterpret_cast<Bytef*>(made.data());
    z.avail_out = static_cast<uInt>(made.size());
    // All other outcomes are mistakes of the caller, or mean that nothing was left to do.
    if (::deflate(&z, last ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR)
      throw Error(ErrorCode::internal, "cannot compress");
    out.append(made.data(), made.size() - z.avail_out);
  } while (z.avail_out == 0);
}

}  // namespace kalima
