#include "attributes/names.h"

namespace kalima::attributes {

std::string_view name(Level level) {
  switch (level) {
    case Level::segment:
      return "segment";
    case Level::word:
      return "word";
    case Level::region:
      return "region";
    case Level::node:
      return "node";
  }
  return {};
}

std::string_view name(Type type) {
  switch (type) {
    case Type::enumerated:
      return "enumerated";
    case Type::dictionary:
      return "dictionary";
    case Type::number:
      return "number";
    case Type::flag:
      return "flag";
  }
  return {};
}

std::string_view name(Source source) {
  switch (source) {
    case Source::text:
      return "text";
    case Source::morphology:
      return "morphology";
    case Source::treebank:
      return "treebank";
    case Source::masaq:
      return "masaq";
    case Source::divisions:
      return "divisions";
    case Source::derived:
      return "derived";
  }
  return {};
}

}  // namespace kalima::attributes
