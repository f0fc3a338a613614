#include "attributes/table.h"

#include <algorithm>
#include <string>

#include "support/hash.h"

namespace kalima::attributes {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Calls `visit` with each word of a list until it returns true; returns whether it did.
template <typename Visit>
constexpr bool any_word(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t space = list.find(' ');
    if (visit(list.substr(0, space))) return true;
    if (space == std::string_view::npos) break;
    list.remove_prefix(space + 1);
  }
  return false;
}

constexpr bool has_alias(std::string_view aliases, std::string_view name) {
  return any_word(aliases, [name](std::string_view alias) { return same(alias, name); });
}

// No name or alias belongs to two attributes.
constexpr bool names_are_unique() {
  for (const Definition& one : table) {
    for (const Definition& other : table) {
      if (&one == &other) continue;
      if (same(one.name, other.name) || has_alias(other.aliases, one.name)) return false;
      if (any_word(one.aliases, [&](std::string_view alias) { return has_alias(other.aliases, alias); }))
        return false;
    }
  }
  return true;
}
static_assert(names_are_unique());

constexpr bool rows_are_complete() {
  for (const Definition& row : table) {
    if (row.name.empty() || row.english.empty() || row.arabic.empty() || row.meaning.empty() ||
        row.example.empty()) {
      return false;
    }
    if ((row.type == Type::enumerated) != !row.values.empty() && row.type != Type::dictionary) return false;
    // The name of an attribute of a region begins with that of the region.
    const std::string_view region = regions[static_cast<std::size_t>(row.region)].name;
    if (row.level == Level::region && !(row.name.starts_with(region) && row.name[region.size()] == '_'))
      return false;
  }
  return true;
}
static_assert(rows_are_complete());

std::optional<std::size_t> find_in(std::span<const Value> values, std::string_view Value::*member,
                                   std::string_view name) {
  const auto row =
      std::ranges::find_if(values, [&](const Value& value) { return same(value.*member, name); });
  if (row == values.end()) return std::nullopt;
  return static_cast<std::size_t>(row - values.begin());
}

}  // namespace

std::optional<Attribute> find(std::string_view name) {
  for (const Definition& row : table) {
    if (same(row.name, name) || has_alias(row.aliases, name)) return row.attribute;
  }
  return std::nullopt;
}

std::optional<Attribute> find(Region region, std::string_view name) {
  const std::size_t prefix = attributes::regions[static_cast<std::size_t>(region)].name.size() + 1;
  for (const Definition& row : table) {
    if (row.level != Level::region || row.region != region) continue;
    if (same(row.name, name) || same(row.name.substr(prefix), name) || has_alias(row.aliases, name)) {
      return row.attribute;
    }
  }
  return std::nullopt;
}

std::optional<Region> find_region(std::string_view name) {
  const auto place = find_value(regions, name);
  if (!place) return std::nullopt;
  return static_cast<Region>(*place);
}

std::optional<std::size_t> find_value(std::span<const Value> values, std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (const auto member : {&Value::name, &Value::english, &Value::arabic, &Value::ud}) {
    if (const auto place = find_in(values, member, name)) return place;
  }
  const auto row =
      std::ranges::find_if(values, [&](const Value& value) { return has_alias(value.aliases, name); });
  if (row == values.end()) return std::nullopt;
  return static_cast<std::size_t>(row - values.begin());
}

std::uint64_t table_hash() {
  static const std::uint64_t hash = [] {
    std::string all;
    const auto add = [&all](std::string_view text) { (all += text) += '\0'; };
    const auto add_number = [&add](auto value) { add(std::to_string(static_cast<int>(value))); };
    for (const Definition& row : table) {
      add(row.name);
      add_number(row.level);
      add_number(row.region);
      add_number(row.type);
      add_number(row.column);
      if (row.type != Type::enumerated) continue;
      for (const Value& value : row.values) add(value.name);
    }
    return hash_of(all);
  }();
  return hash;
}

}  // namespace kalima::attributes
