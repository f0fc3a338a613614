#include "http/compression.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "http/guard.h"
#include "support/gzip.h"

namespace kalima::http {
namespace {

// What fits into a packet anyway is not worth it.
constexpr std::size_t min_size = 1400;

bool has(const Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers, [&](const auto& header) { return header.first == name; });
}

// The body of an answer, and what it is compressed with.
struct Compressing {
  Body body;
  std::function<bool(std::string&)> rest;
  Body::Reader reader{body};
  Gzip gzip;
  bool body_left = true;

  bool next(std::string& piece) {
    const std::size_t before = piece.size();
    while (piece.size() == before) {
      if (body_left) {
        std::array<char, 32 * 1024> part;
        const std::size_t size = reader.read(part.data(), part.size());
        body_left = size > 0;
        gzip.add({part.data(), size}, piece);
      } else if (rest) {
        std::string part;
        if (!rest(part)) rest = nullptr;
        gzip.add(part, piece);
      } else {
        gzip.finish(piece);
        return false;
      }
    }
    return true;
  }
};

}  // namespace

bool takes_gzip(const Request& request) {
  const std::string accepted = request.header("Accept-Encoding");
  std::string_view left = accepted;
  while (!left.empty()) {
    const std::string_view one = left.substr(0, left.find(','));
    left.remove_prefix(std::min(left.size(), one.size() + 1));
    std::string coding, weight;
    bool in_weight = false;
    for (const char c : one) {
      if (c == ' ' || c == '\t') continue;
      if (c == ';') {
        in_weight = true;
      } else {
        (in_weight ? weight : coding) += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
      }
    }
    if (coding != "gzip" && coding != "x-gzip") continue;
    // q=0, q=0.0: not at all.
    return !weight.starts_with("q=0") || weight.find_first_of("123456789", 2) != std::string::npos;
  }
  return false;
}

void compress(const Request& request, Response& response) {
  const bool worth_it = response.rest || response.body.size() >= min_size;
  // Events must not wait for others.
  if (response.content_type == events_type) return;
  if (response.status != 200 || !worth_it || has(response, "Content-Encoding")) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!takes_gzip(request) || names_this_machine(request)) return;
  // Other bytes than those of the tag, which mean the same.
  for (auto& [name, value] : response.headers) {
    if (name == "ETag" && !value.starts_with("W/")) value.insert(0, "W/");
  }
  response.headers.emplace_back("Content-Encoding", "gzip");
  const auto compressing = std::make_shared<Compressing>();
  compressing->body = std::move(response.body);
  compressing->rest = std::move(response.rest);
  response.body = {};
  response.rest = [compressing](std::string& piece) { return compressing->next(piece); };
}

}  // namespace kalima::http
