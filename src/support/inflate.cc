#include "support/inflate.h"

#include <zlib.h>

#include <array>

#include "support/error.h"

namespace kalima {

std::string inflate(std::string_view gzip) {
  constexpr int gzip_alone = MAX_WBITS + 16;
  z_stream stream{};
  if (::inflateInit2(&stream, gzip_alone) != Z_OK)
    throw Error(ErrorCode::internal, "cannot begin to decompress");
  const struct End {
    z_stream& stream;
    ~End() { ::inflateEnd(&stream); }
  } end{stream};
  // zlib does not write there; its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  std::string out;
  std::array<char, 32 * 1024> piece;
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    status = ::inflate(&stream, Z_NO_FLUSH);
    out.append(piece.data(), piece.size() - stream.avail_out);
  }
  // Z_BUF_ERROR: the end is missing.
  if (status != Z_STREAM_END || stream.avail_in != 0)
    throw Error(ErrorCode::internal, "compressed data of the program are damaged");
  return out;
}

}  // namespace kalima
