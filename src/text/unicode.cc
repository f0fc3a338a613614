#include "text/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "support/error.h"
#include "support/utf8.h"

namespace kalima::text {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const icu::Normalizer2& nfc_rules() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* rules = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status))
    throw Error(ErrorCode::internal, std::string("loading the NFC data of ICU: ") + u_errorName(status));
  return *rules;
}

icu::StringPiece piece(std::string_view utf8) { return {utf8.data(), static_cast<int32_t>(utf8.size())}; }

}  // namespace

std::string lower(std::string_view utf8) {
  if (is_ascii(utf8)) {
    std::string out(utf8);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  std::string out;
  icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())})
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

std::string upper(std::string_view utf8) {
  if (is_ascii(utf8)) {
    std::string out(utf8);
    for (char& c : out) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
  }
  std::string out;
  icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())})
      .toUpper(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

std::string nfc(std::string_view utf8) {
  std::string out;
  if (is_ascii(utf8)) return out = utf8;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  nfc_rules().normalizeUTF8(0, piece(utf8), sink, nullptr, status);
  if (U_FAILURE(status))
    throw Error(ErrorCode::internal, std::string("normalizing a text: ") + u_errorName(status));
  return out;
}

bool is_nfc(std::string_view utf8) {
  if (is_ascii(utf8)) return true;
  UErrorCode status = U_ZERO_ERROR;
  const bool normalized = nfc_rules().isNormalizedUTF8(piece(utf8), status) != 0;
  if (U_FAILURE(status))
    throw Error(ErrorCode::internal, std::string("testing a text for NFC: ") + u_errorName(status));
  return normalized;
}

std::string_view stripped(std::string_view utf8) {
  std::size_t begin = utf8.size(), end = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    if (is_space(utf8::decode(utf8, at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? utf8.substr(begin, end - begin) : std::string_view{};
}

std::vector<std::string_view> words(std::string_view utf8) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    if (!is_space(utf8::decode(utf8, at))) continue;
    if (start > begin) out.push_back(utf8.substr(begin, start - begin));
    begin = at;
  }
  if (begin < utf8.size()) out.push_back(utf8.substr(begin));
  return out;
}

}  // namespace kalima::text
