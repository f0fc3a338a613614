#include "api/legacy/reading_json.h"

#include "api/legacy/derived/reading.h"
#include "support/json.h"

namespace kalima::api::legacy {

void write_reading(const SegmentValues& segment, std::string& out) {
  const Reading reading = read_features(segment.features.value_or(""));
  const auto member = [&](std::string_view key, const auto& value) {
    out += key;
    if (value) {
      json::write_string(*value, out);
    } else {
      out += "null";
    }
  };
  std::optional<std::string_view> pos_name;
  if (segment.pos) pos_name = legacy::pos_name(*segment.pos);
  member("{\"aspect\":", reading.aspect);
  member(",\"case\":", reading.grammatical_case);
  member(",\"features_raw\":", segment.features);
  member(",\"gender\":", reading.gender);
  member(",\"lemma\":", segment.lemma);
  member(",\"mood\":", reading.mood);
  member(",\"number\":", reading.number);
  member(",\"person\":", reading.person);
  member(",\"pos\":", segment.pos);
  member(",\"pos_full\":", pos_name);
  member(",\"root\":", segment.root);
  member(",\"tense\":", reading.tense);
  member(",\"type\":", segment.type);
  member(",\"verb_form\":", reading.verb_form);
  member(",\"voice\":", reading.voice);
  out += '}';
}

}  // namespace kalima::api::legacy
