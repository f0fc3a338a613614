// The routes of what people write, one set for each type of documents: made from the table research/document_types.h.
// Threads: constant once made.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "api/v1/history_json.h"
#include "api/v1/places.h"
#include "http/route.h"
#include "research/document_types.h"
#include "research/library.h"

namespace kalima::api::v1 {

// The version in If-Match, without its quotes; "*" is any.
struct SeenVersion {
  std::string text;
};
SeenVersion read_seen_version(std::string_view text);

// The first moments of a time: "2026", "2026-11", "2026-11-28T22".
struct TimePrefix {
  std::string text;
};
TimePrefix read_time_prefix(std::string_view text);

// Other headers of the folder have parameters of the same names.
namespace notes {

inline constexpr std::string_view time_pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]{0,15})?)?)?$";

inline constexpr auto seen_parameter = http::parsed<read_seen_version>(
    {.name = "If-Match",
     .place = http::Parameter::Place::header,
     .meaning = "the version that was seen, from ETag or `version`; * for any",
     .example = "*",
     .max = 100,
     .required = true});
inline constexpr auto within_parameter = http::parsed<read_range>(
    {.name = "verses",
     .meaning = "only what belongs to these: 2:255, 2:255-257, 2 (a surah), juz:30 …",
     .example = "112:1",
     .max = 40});
inline constexpr auto field_type_parameter =
    http::text({.name = "type", .meaning = "only with this `type` or `target_type`", .max = 200});
inline constexpr auto tag_parameter =
    http::text({.name = "tag", .meaning = "only with this tag", .max = 200});
inline constexpr auto status_parameter =
    http::text({.name = "status", .meaning = "only with this status", .max = 200});
inline constexpr auto author_parameter =
    http::text({.name = "author", .meaning = "only from this author", .max = 200});
inline constexpr auto language_parameter =
    http::text({.name = "language", .meaning = "only in this language", .max = 200});
inline constexpr auto marked_parameter =
    http::yes_no({.name = "marked",
                  .meaning = "only those whose words were others before another corpus came "
                             "(`former_words`), or only the rest"});
inline constexpr auto since_parameter =
    http::parsed<read_time_prefix>({.name = "since",
                                    .meaning = "only changed then or later: 2026, 2026-11, 2026-11-28 …",
                                    .example = "2020",
                                    .min = 4,
                                    .max = 26,
                                    .pattern = time_pattern});
inline constexpr auto until_parameter = http::parsed<read_time_prefix>(
    {.name = "until",
     .meaning = "only changed then or before; all of that year, month or day counts",
     .example = "2999",
     .min = 4,
     .max = 26,
     .pattern = time_pattern});
inline constexpr auto text_parameter = http::text(
    {.name = "text",
     .meaning = "only with these words, Arabic in any spelling, others with their stems; in quotation marks "
                "words that follow each other",
     .example = "command",
     .min = 1,
     .max = research::max_query_code_points});
inline constexpr auto order_parameter =
    http::choice({.name = "sort",
                  .meaning = "by place in the text or by time; - descending",
                  .example = "place",
                  .values = research::order_names,
                  .default_value = "place"});
inline constexpr auto cursor_parameter = http::text(
    {.name = "cursor", .meaning = "`next` of the page before; the other parameters as there", .max = 1000});
inline constexpr auto page_parameter = http::integer({.name = "limit",
                                                      .meaning = "how many a page has at most",
                                                      .example = "10",
                                                      .min = 1,
                                                      .max = 1'000,
                                                      .default_value = "100"});

// Of lists.
inline constexpr http::Field unreadable_fields[] = {{"kind", &http::shapes::text},
                                                    {"id", &http::shapes::text}};
inline constexpr auto unreadable_item_shape = http::shapes::object(unreadable_fields, "UnreadableNote");
inline constexpr auto unreadable_shape = http::shapes::array(unreadable_item_shape);
inline constexpr std::string_view unreadable_meaning =
    "documents of these kinds and verses that are left out because the database is damaged";

}  // namespace notes

// Of one type. Its members refer to each other, so that it stays where it was made.
struct DocumentOperations {
  explicit DocumentOperations(const research::DocumentType& of);
  DocumentOperations(const DocumentOperations&) = delete;
  DocumentOperations& operator=(const DocumentOperations&) = delete;

  const research::DocumentType& type;
  http::Typed<std::string> id;
  http::Operation list, one, create, replace, remove, history;
  http::Operation run;  // of a type that queries can name

 private:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  const http::Shape* shape(const std::vector<http::Field>& fields, std::string_view name);
  std::span<const std::string_view> examples(std::vector<std::string_view> addresses);

  std::deque<std::string> texts_;
  std::deque<std::vector<http::Field>> fields_;
  std::deque<http::Shape> shapes_;
  std::deque<std::vector<std::string_view>> examples_;
  std::vector<const http::Parameter*> one_parameters_, write_parameters_, history_parameters_;
};

const std::deque<DocumentOperations>& document_operations();

}  // namespace kalima::api::v1
