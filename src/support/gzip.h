// gzip, piece by piece, in some 100 KB of memory.
//
// Threads: an object belongs to one at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kalima {

class Gzip {
 public:
  Gzip();
  ~Gzip();
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  // Append to `out` what is ready of the compressed bytes; nothing may be.
  void add(std::string_view bytes, std::string& out);
  // Once, at the end.
  void finish(std::string& out);

 private:
  struct Stream;
  void run(std::string_view bytes, bool last, std::string& out);
  std::unique_ptr<Stream> stream_;
};

}  // namespace kalima
