// The verses that a text quotes (quotations/quotations.h).
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <memory>

#include "api/v1/answer.h"
#include "api/v1/parameters.h"
#include "api/v1/patience.h"
#include "api/v1/routes.h"
#include "api/v1/when_asked.h"
#include "quotations/quotations.h"
#include "support/error.h"
#include "support/utf8.h"
#include "text/steps.h"

namespace kalima::api::v1 {
namespace {

using http::Call;
using http::Field;
using http::JsonWriter;
using http::Response;
using std::chrono::steady_clock;
namespace shapes = http::shapes;

constexpr auto kind_shape = shapes::one_of(quotations::kind_names);
constexpr auto step_shape = shapes::one_of(text::all_step_names);
constexpr Field difference_fields[] = {
    {"kind", &kind_shape, "words that the text leaves out or adds, another word, or another spelling of it"},
    {"from", &shapes::integer, "code points of the text that was sent, 0-based"},
    {"to", &shapes::integer, "excluded; `from` where words are missing"},
    {"first", &shapes::text_or_null, "the words of the verse, SURAH:AYAH:WORD; null where words are added"},
    {"last", &shapes::text_or_null, "included"},
    {"written", &shapes::text_or_null, "those words"},
};
constexpr auto difference_shape = shapes::object(difference_fields, "QuotationDifference");
constexpr auto differences_shape = shapes::array(difference_shape);
constexpr Field place_fields[] = {
    {"first", &shapes::text, "the first word, SURAH:AYAH:WORD"},
    {"last", &shapes::text, "the last one, included"},
    {"step", &step_shape, "the loosest that a word needs"},
    {"bits", &shapes::decimal, "what the words that agree say, less what the differences cost"},
    {"differences", &differences_shape},
};
constexpr auto place_shape = shapes::object(place_fields, "QuotationPlace");
constexpr auto places_shape = shapes::array(place_shape);
constexpr Field quotation_fields[] = {
    {"from", &shapes::integer, "code points of the text that was sent, 0-based"},
    {"to", &shapes::integer, "excluded"},
    {"text", &shapes::text, "that part of the text"},
    {"score", &shapes::decimal, "from 0 to 1: how sure it is that the words are quoted"},
    {"formula", &shapes::boolean, "a set phrase, such as the basmala"},
    {"all_places", &shapes::integer, "how many verses say so"},
    {"places", &places_shape,
     "the best first, which is one that goes on from the quotation before if there is one, then in the order "
     "of the "
     "corpus"},
};
constexpr auto quotation_shape = shapes::object(quotation_fields, "Quotation");
constexpr auto quotations_shape = shapes::array(quotation_shape);
constexpr Field left_out_fields[] = {
    {"formulas", &shapes::integer, "set phrases; ask with \"formulas\": \"yes\""},
    {"weak", &shapes::integer, "parts whose score is less than `min_score`"},
};
constexpr auto left_out_shape = shapes::object(left_out_fields, "QuotationsLeftOut");
constexpr Field answer_fields[] = {
    {"words", &shapes::integer, "of the text"},
    {"min_score", &shapes::decimal},
    {"left_out", &left_out_shape},
    {"partial", &shapes::boolean,
     "the time was up, or the text repeats itself so often that parts were not compared"},
    {"ms", &shapes::decimal},
    {"quotations", &quotations_shape, "in the order of the text; they do not overlap"},
};
constexpr auto answer_shape = shapes::object(answer_fields, "Quotations");

// A share, from 0 to 1.
struct Share {
  double value;
};
Share read_share(std::string_view text) {
  Share out{};
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), out.value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size() || !(out.value >= 0 && out.value <= 1))
    throw Error(ErrorCode::bad_input, "is not a number from 0 to 1", "write it as 0.5");
  return out;
}

constexpr auto text_parameter =
    http::text({.name = "text",
                .meaning = "the text, with or without vowels, in any spelling or encoding",
                .example = "قال تعالى: إن الله غفور رحيم",
                .max = 500'000,
                .required = true});
constexpr auto score_parameter = http::parsed<read_share>(
    {.name = "min_score",
     .meaning = "quotations with a lower score are left out; 0 shows all that is found",
     .example = "0.5",
     .min = 1,
     .max = 20,
     .pattern = "^(0|1|0?\\.[0-9]+|1\\.0+|0\\.)$",
     .default_value = "0.5"});
constexpr auto formulas_parameter =
    http::yes_no({.name = "formulas",
                  .meaning = "whether set phrases such as the basmala count as quotations",
                  .example = "no",
                  .default_value = "no"});
constexpr auto places_parameter =
    http::integer({.name = "limit",
                   .meaning = "how many places of each quotation are listed at most",
                   .example = "10",
                   .min = 1,
                   .max = 1'000,
                   .default_value = "10"});
constexpr const http::Parameter* parameters[] = {&text_parameter.row, &score_parameter.row,
                                                 &formulas_parameter.row, &places_parameter.row,
                                                 &timeout_parameter.row};
constexpr http::Operation operation{.method = "POST",
                                    .path = "/api/v1/quotations",
                                    .id = "findQuotations",
                                    .group = "search",
                                    .summary = "The verses that a text quotes",
                                    .parameters = parameters,
                                    .answer = &answer_shape,
                                    .parameters_in_body = true};

class Writer {
 public:
  Writer(JsonWriter& out, const Context& context, const quotations::CorpusWords& words,
         std::u32string_view text)
      : out_(out), context_(context), words_(words), text_(text) {}

  void write(const quotations::Quotation& quotation) {
    out_.begin_object().key("from").value(quotation.from).key("to").value(quotation.to);
    out_.key("text").value(utf8_of(text_.substr(quotation.from, quotation.to - quotation.from)));
    out_.key("score").value(quotation.score, 3).key("formula").value(quotation.formula);
    out_.key("all_places").value(quotation.all_places).key("places").begin_array();
    for (const quotations::Place& place : quotation.places) write(place);
    out_.end_array().end_object();
  }

 private:
  std::string name_of(std::uint32_t position) const {
    const std::uint32_t verse = words_.verse(position);
    return fmt::format("{}:{}:{}", context_.core.surah(verse), context_.core.ayah(verse),
                       words_.piece(position).word);
  }
  void write(const quotations::Place& place) {
    out_.begin_object().key("first").value(name_of(place.first)).key("last").value(name_of(place.last));
    out_.key("step").value(text::step_name(place.step)).key("bits").value(place.bits, 1);
    out_.key("differences").begin_array();
    for (const quotations::Difference& difference : place.differences) write(difference);
    out_.end_array().end_object();
  }
  void write(const quotations::Difference& difference) {
    using Kind = quotations::Difference::Kind;
    out_.begin_object().key("kind").value(quotations::kind_names[static_cast<std::size_t>(difference.kind)]);
    out_.key("from").value(difference.from).key("to").value(difference.to);
    if (difference.kind == Kind::added) {
      out_.key("first").null().key("last").null().key("written").null();
    } else {
      out_.key("first").value(name_of(difference.first)).key("last").value(name_of(difference.last));
      std::string written;
      for (std::uint32_t position = difference.first; position <= difference.last; ++position) {
        if (!written.empty()) written += ' ';
        written += utf8_of(context_.words.entry(words_.entry(position)));
      }
      out_.key("written").value(written);
    }
    out_.end_object();
  }

  JsonWriter& out_;
  const Context& context_;
  const quotations::CorpusWords& words_;
  std::u32string_view text_;
};

Response find_quotations(const Context& context, const quotations::Finder& finder, const Call& call) {
  const auto start = steady_clock::now();
  const auto end = start + std::chrono::milliseconds(call[timeout_parameter]);
  quotations::Options options;
  options.min_score = call[score_parameter].value;
  options.formulas = call[formulas_parameter];
  options.max_places = call[places_parameter];
  Patience patience(call.request(), end);
  options.expired = [patience, start, limit = end - start](double share) mutable {
    return patience() || steady_clock::now() - start >= share * limit;
  };
  const std::u32string text = utf8::to_code_points(call[text_parameter]);
  const auto turn = context.turns.take(patience);
  const quotations::Found found = finder.find(text, options);
  const std::chrono::duration<double, std::milli> taken = steady_clock::now() - start;
  JsonWriter out;
  out.begin_object().key("words").value(found.words).key("min_score").value(options.min_score, 3);
  out.key("left_out").begin_object().key("formulas").value(found.formulas_left_out);
  out.key("weak").value(found.weak_left_out).end_object();
  out.key("partial").value(found.partial).key("ms").value(taken.count(), 3);
  out.key("quotations").begin_array();
  Writer writer(out, context, finder.words(), text);
  for (const quotations::Quotation& quotation : found.quotations) writer.write(quotation);
  out.end_array().end_object();
  return answer_of(out);
}

}  // namespace

Routes quotation_routes(const Context& context) {
  const auto made =
      std::make_shared<WhenAsked<quotations::Finder, search::WordFile>>(context.core, context.words);
  return {{&operation,
           [context, made](const Call& call) { return find_quotations(context, made->get(), call); }}};
}

}  // namespace kalima::api::v1
