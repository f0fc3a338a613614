#include "query/results/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "support/error.h"
#include "support/nearest.h"
#include "support/numbers.h"
#include "support/utf8.h"

namespace kalima::query {
namespace {

using attributes::Attribute;

constexpr std::string_view place_names[] = {"match", "before", "after"};

// A list, read from the left; knows where it is.
class KeyList {
 public:
  explicit KeyList(std::string_view text) : whole_(text), rest_(text) {}

  // The next item without spaces around it; false after the last.
  bool next() {
    if (done_) return false;
    const std::size_t comma = rest_.find(',');
    item_ = rest_.substr(0, comma);
    done_ = comma == std::string_view::npos;
    if (!done_) rest_.remove_prefix(comma + 1);
    while (item_.starts_with(' ')) item_.remove_prefix(1);
    while (item_.ends_with(' ')) item_.remove_suffix(1);
    if (item_.empty()) fail(item_, "a key is missing", "keys have a comma between them, and nothing else");
    return true;
  }
  std::string_view item() const { return item_; }
  void skip(std::size_t bytes) { item_.remove_prefix(bytes); }

  [[noreturn]] void fail(std::string_view at, std::string message, std::string cure) const {
    const auto before = whole_.substr(0, static_cast<std::size_t>(at.data() - whole_.data()));
    throw Error(ErrorCode::bad_input, std::move(message), std::move(cure),
                {.line = 1, .column = utf8::to_code_points(before).size() + 1});
  }

 private:
  std::string_view whole_, rest_, item_;
  bool done_ = false;
};

Attribute attribute_named(const KeyList& list, std::string_view name, std::string_view listed) {
  if (const auto known = attributes::find(name)) return *known;
  std::vector<std::string_view> names;
  for (const attributes::Definition& row : attributes::table) names.push_back(row.name);
  std::string cure = did_you_mean(nearest(name, names));
  if (cure.empty()) cure = listed;
  list.fail(name, fmt::format("attribute '{}' not found", name), std::move(cure));
}

// nullopt if the name is not that of a place.
std::optional<Key> place_named(std::string_view name, const std::vector<std::string>& labels) {
  Key key;
  if (name == place_names[0]) return key;
  for (const auto where : {Key::Where::before, Key::Where::after}) {
    const std::string_view word = place_names[static_cast<std::size_t>(where)];
    if (!name.starts_with(word)) continue;
    const std::string_view digits = name.substr(word.size());
    const auto distance =
        digits.empty()
            ? std::optional<std::uint32_t>(1)
            : numbers::parse<std::uint32_t>(digits, {.min = 1, .max = max_distance, .leading_zeros = false});
    if (!distance) continue;
    key.where = where;
    key.distance = *distance;
    return key;
  }
  const auto label = std::ranges::find(labels, name);
  if (label == labels.end()) return std::nullopt;
  key.where = Key::Where::capture;
  key.label = static_cast<std::uint32_t>(label - labels.begin());
  return key;
}

Key place_or_fail(const KeyList& list, std::string_view name, const std::vector<std::string>& labels) {
  if (const auto key = place_named(name, labels)) return *key;
  std::vector<std::string_view> names(std::begin(place_names), std::end(place_names));
  for (const std::string& label : labels) names.push_back(label);
  std::string known = did_you_mean(nearest(name, names));
  if (known.empty()) {
    known = "known are match, before, after (before2 for the second word, and so on)";
    for (const std::string& label : labels) known += ", " + label;
  }
  list.fail(name, fmt::format("place '{}' not found", name), std::move(known));
}

}  // namespace

std::vector<Key> read_keys(std::string_view text, const std::vector<std::string>& labels, std::size_t max,
                           bool may_descend) {
  std::vector<Key> keys;
  for (KeyList list(text); list.next();) {
    if (keys.size() == max) list.fail(list.item(), fmt::format("more than {} keys", max), {});
    const bool descending = may_descend && list.item().starts_with('-');
    if (descending) list.skip(1);
    const std::string_view item = list.item();
    const std::size_t dot = item.find('.');
    Key key;
    if (dot != std::string_view::npos) {
      key = place_or_fail(list, item.substr(0, dot), labels);
      key.attribute = attribute_named(list, item.substr(dot + 1), attributes_listed);
    } else if (const auto attribute = attributes::find(item)) {
      key.attribute = *attribute;
    } else if (const auto place = place_named(item, labels)) {
      key = *place;
    } else {
      std::vector<std::string_view> names(std::begin(place_names), std::end(place_names));
      for (const attributes::Definition& row : attributes::table) names.push_back(row.name);
      for (const std::string& label : labels) names.push_back(label);
      std::string cure = did_you_mean(nearest(item, names));
      if (cure.empty()) cure = "write PLACE.ATTRIBUTE, such as before.lemma";
      list.fail(item, fmt::format("key '{}' not found", item), std::move(cure));
    }
    key.descending = descending;
    keys.push_back(key);
  }
  return keys;
}

std::vector<Attribute> read_columns(std::string_view text, std::string_view listed) {
  std::vector<Attribute> columns;
  for (KeyList list(text); list.next();) {
    if (columns.size() == max_columns)
      list.fail(list.item(), fmt::format("more than {} columns", max_columns), {});
    const Attribute attribute = attribute_named(list, list.item(), listed);
    if (std::ranges::find(columns, attribute) != columns.end())
      list.fail(list.item(), fmt::format("column '{}' is named twice", list.item()), {});
    columns.push_back(attribute);
  }
  return columns;
}

Attribute read_attribute(std::string_view text, std::string_view listed) {
  KeyList list(text);
  list.next();
  return attribute_named(list, list.item(), listed);
}

std::string name_of(const Key& key, const std::vector<std::string>& labels) {
  std::string place;
  if (key.where == Key::Where::capture) {
    place = labels.at(key.label);
  } else {
    place = place_names[static_cast<std::size_t>(key.where)];
    if (key.where != Key::Where::match && key.distance > 1) place += std::to_string(key.distance);
  }
  return place + '.' + std::string(attributes::definition(key.attribute).name);
}

}  // namespace kalima::query
