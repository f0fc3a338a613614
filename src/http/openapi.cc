#include "http/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "http/json_writer.h"
#include "support/error.h"

namespace kalima::http {
namespace {

constexpr Field old_error_fields[] = {{"error", &shapes::text}};
constexpr auto plain_error_shape = shapes::object(old_error_fields, "OldError");
constexpr Field problem_fields[] = {
    {"type", &shapes::text, "urn:kalima:problem: and the code"},
    {"title", &shapes::text, "the same for all problems of a code"},
    {"status", &shapes::integer},
    {"code", &shapes::text, "for programs: it never changes"},
    {"detail", &shapes::text, "what is wrong"},
    {"cure", &shapes::text, "what to do about it", true},
    {"parameter", &shapes::text, "which one is wrong", true},
    {"line", &shapes::integer, "where in the parameter or the body, from 1", true},
    {"column", &shapes::integer, "likewise", true},
    {"version", &shapes::text, "the present one of what the client saw an older one of", true},
};
constexpr auto problem_shape = shapes::object(problem_fields, "Problem");

// What every route may answer: bad_input for what is unknown or wrong, the guard's refusals, and failures.
constexpr ErrorCode common_errors[] = {ErrorCode::bad_input, ErrorCode::unauthorized, ErrorCode::forbidden,
                                       ErrorCode::damaged,   ErrorCode::unavailable,  ErrorCode::internal};
constexpr ErrorCode write_errors[] = {ErrorCode::too_large, ErrorCode::unsupported_type};
// What the HTTP library may refuse: an address or headers that are too long.
constexpr std::pair<int, std::string_view> transport_errors[] = {{414, "the address is too long"},
                                                                 {431, "the headers are too long"}};

bool same_shape(const Shape& a, const Shape& b);

// Of parts of a shape. Those with a name are compared where they are described.
bool same_part(const Shape& a, const Shape& b) {
  if (a.nullable != b.nullable || a.name != b.name) return false;
  return !a.name.empty() || same_shape(a, b);
}

// Whether they are described alike, but for null.
bool same_shape(const Shape& a, const Shape& b) {
  if (a.kind != b.kind || (a.items == nullptr) != (b.items == nullptr)) return false;
  if (a.items != nullptr && !same_part(*a.items, *b.items)) return false;
  return std::ranges::equal(a.values, b.values) &&
         std::ranges::equal(a.fields, b.fields, [](const Field& x, const Field& y) {
           return x.name == y.name && x.meaning == y.meaning && x.optional == y.optional &&
                  same_part(*x.shape, *y.shape);
         });
}

class Description {
 public:
  std::string write(const ApiInfo& info, std::span<const Operation* const> operations) {
    out_.begin_object().key("openapi").value("3.1.0");
    out_.key("info").begin_object();
    out_.key("title").value(info.title).key("version").value(info.version);
    out_.key("description").value(info.description);
    out_.key("license").begin_object().key("name").value("GPL-2.0-or-later");
    out_.key("identifier").value("GPL-2.0-or-later").end_object().end_object();
    out_.key("servers").begin_array().begin_object().key("url").value(info.server).end_object().end_array();
    // A server without a token needs none.
    out_.key("security").begin_array().begin_object().end_object();
    out_.begin_object().key("token").begin_array().end_array().end_object().end_array();
    write_paths(operations);
    write_components();
    out_.end_object();
    return out_.take();
  }

 private:
  void write_paths(std::span<const Operation* const> operations) {
    // A path has one object for all its methods.
    std::vector<std::string_view> paths;
    for (const Operation* operation : operations) {
      if (std::ranges::find(paths, operation->path) == paths.end()) paths.push_back(operation->path);
    }
    out_.key("paths").begin_object();
    for (const std::string_view path : paths) {
      out_.key(path).begin_object();
      for (const Operation* operation : operations) {
        if (operation->path == path) write_operation(*operation);
      }
      out_.end_object();
    }
    out_.end_object();
  }

  void write_operation(const Operation& operation) {
    std::string method(operation.method);
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    out_.key(method).begin_object();
    out_.key("operationId").value(operation.id).key("summary").value(operation.summary);
    out_.key("tags").begin_array().value(operation.group).end_array();
    if (operation.deprecated) out_.key("deprecated").value(true);
    const auto in_body = [&](const Parameter& parameter) {
      return operation.parameters_in_body && parameter.place == Parameter::Place::query;
    };
    if (std::ranges::any_of(operation.parameters, [&](const Parameter* each) { return !in_body(*each); })) {
      out_.key("parameters").begin_array();
      for (const Parameter* parameter : operation.parameters) {
        if (!in_body(*parameter)) write_parameter(*parameter);
      }
      out_.end_array();
    }
    if (operation.parameters_in_body) write_body_of_parameters(operation);
    if (operation.body != nullptr) {
      out_.key("requestBody").begin_object().key("required").value(true).key("content").begin_object();
      write_media(operation.body_type, *operation.body);
      out_.end_object().end_object();
    }
    out_.key("responses").begin_object();
    write_response(operation.status, "the answer", operation.media_type,
                   operation.answer == nullptr ? shapes::any : *operation.answer, operation.other_answers);
    const bool reads = operation.method == "GET";
    const bool streams = operation.media_type == events_type;
    if (reads && !operation.deprecated && !streams)
      write_response(304, "the client has this answer already (If-None-Match)");
    write_errors_of(operation, reads);
    out_.end_object();
    // Requests to try, and for tests.
    if (!operation.examples.empty()) {
      out_.key("x-examples").begin_array();
      for (const std::string_view example : operation.examples) out_.value(example);
      out_.end_array();
    }
    out_.end_object();
  }

  void write_parameter(const Parameter& parameter) {
    static constexpr std::string_view places[] = {"path", "query", "header"};
    out_.begin_object();
    out_.key("name").value(parameter.name);
    out_.key("in").value(places[static_cast<std::size_t>(parameter.place)]);
    out_.key("description").value(parameter.meaning);
    if (parameter.required) out_.key("required").value(true);
    const bool many = parameter.type == Parameter::Type::choices;
    // One value with commas, not one for each.
    if (many) out_.key("style").value("form").key("explode").value(false);
    out_.key("schema");
    write_schema(parameter);
    if (!parameter.example.empty()) {
      out_.key("example");
      write_value(parameter, parameter.example);
    }
    out_.end_object();
  }

  void write_body_of_parameters(const Operation& operation) {
    out_.key("requestBody").begin_object().key("required").value(true).key("content").begin_object();
    out_.key(json_type).begin_object().key("schema").begin_object().key("type").value("object");
    out_.key("properties").begin_object();
    for (const Parameter* parameter : operation.parameters) {
      if (parameter->place != Parameter::Place::query) continue;
      out_.key(parameter->name);
      write_schema(*parameter, parameter->meaning);
    }
    out_.end_object().key("required").begin_array();
    for (const Parameter* parameter : operation.parameters) {
      if (parameter->place == Parameter::Place::query && parameter->required) out_.value(parameter->name);
    }
    out_.end_array()
        .key("additionalProperties")
        .value(false)
        .end_object()
        .end_object()
        .end_object()
        .end_object();
  }

  void write_schema(const Parameter& parameter, std::string_view meaning = {}) {
    out_.begin_object();
    if (!meaning.empty()) out_.key("description").value(meaning);
    switch (parameter.type) {
      case Parameter::Type::integer:
        out_.key("type").value("integer").key("minimum").value(parameter.min);
        out_.key("maximum").value(parameter.max);
        break;
      case Parameter::Type::text:
        out_.key("type").value("string");
        if (parameter.min > 0) out_.key("minLength").value(parameter.min);
        if (parameter.max > 0) out_.key("maxLength").value(parameter.max);
        if (!parameter.pattern.empty()) out_.key("pattern").value(parameter.pattern);
        break;
      case Parameter::Type::choice:
        out_.key("type").value("string");
        write_enum(parameter.values);
        break;
      case Parameter::Type::choices:
        out_.key("type").value("array").key("items").begin_object().key("type").value("string");
        write_enum(parameter.values);
        out_.end_object();
        break;
    }
    if (parameter.default_value) {
      out_.key("default");
      write_value(parameter, *parameter.default_value);
    }
    out_.end_object();
  }

  // A value as it is in an address, by the type of its parameter.
  void write_value(const Parameter& parameter, std::string_view text) {
    if (parameter.type == Parameter::Type::integer) {
      out_.raw(text);
    } else if (parameter.type == Parameter::Type::choices) {
      out_.begin_array();
      while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        out_.value(part);
      }
      out_.end_array();
    } else {
      out_.value(text);
    }
  }

  void write_enum(std::span<const std::string_view> values) {
    out_.key("enum").begin_array();
    for (const std::string_view value : values) out_.value(value);
    out_.end_array();
  }

  void write_errors_of(const Operation& operation, bool reads) {
    std::map<int, std::string> by_status;
    const auto add = [&](std::span<const ErrorCode> codes) {
      for (const ErrorCode code : codes) {
        const ErrorKind& kind = kind_of(code);
        std::string& names = by_status[kind.http_status];
        if (names.find(kind.name) == std::string::npos)
          names += (names.empty() ? "" : ", ") + std::string(kind.name);
      }
    };
    add(common_errors);
    add(operation.errors);
    if (!reads) add(write_errors);
    for (const auto& [status, meaning] : transport_errors) by_status[status] = meaning;
    const Shape& shape = operation.deprecated ? plain_error_shape : problem_shape;
    for (const auto& [status, meaning] : by_status)
      write_response(status, meaning, operation.deprecated ? json_type : problem_type, shape);
  }

  void write_response(int status, std::string_view meaning) {
    out_.key(std::to_string(status)).begin_object().key("description").value(meaning).end_object();
  }
  void write_response(int status, std::string_view meaning, std::string_view media_type, const Shape& shape,
                      std::span<const std::string_view> texts = {}) {
    out_.key(std::to_string(status)).begin_object().key("description").value(meaning);
    out_.key("content").begin_object();
    write_media(media_type, shape);
    for (const std::string_view text : texts) write_media(text, shapes::text);
    out_.end_object().end_object();
  }
  void write_media(std::string_view media_type, const Shape& shape) {
    out_.key(media_type).begin_object().key("schema");
    write_shape(shape);
    out_.end_object();
  }

  // A named shape is described once, under components; where it is used it is referred to.
  void write_shape(const Shape& shape, std::string_view meaning = {}) {
    out_.begin_object();
    if (!meaning.empty()) out_.key("description").value(meaning);
    if (shape.name.empty()) {
      write_members(shape);
    } else {
      const auto [named, added] = named_.emplace(shape.name, &shape);
      if (!added && !same_shape(*named->second, shape)) {
        throw Error(ErrorCode::internal,
                    fmt::format("the description has two different shapes with the name {}", shape.name));
      }
      const std::string reference = "#/components/schemas/" + std::string(shape.name);
      if (shape.nullable) {
        out_.key("anyOf").begin_array().begin_object().key("$ref").value(reference).end_object();
        out_.begin_object().key("type").value("null").end_object().end_array();
      } else {
        out_.key("$ref").value(reference);
      }
    }
    out_.end_object();
  }

  void write_type(std::string_view type, bool nullable) {
    out_.key("type");
    if (nullable) {
      out_.begin_array().value(type).value("null").end_array();
    } else {
      out_.value(type);
    }
  }

  void write_members(const Shape& shape) {
    switch (shape.kind) {
      case Shape::Kind::any:
        return;
      case Shape::Kind::integer:
        return write_type("integer", shape.nullable);
      case Shape::Kind::decimal:
        return write_type("number", shape.nullable);
      case Shape::Kind::boolean:
        return write_type("boolean", shape.nullable);
      case Shape::Kind::text:
        write_type("string", shape.nullable);
        if (!shape.values.empty()) write_enum(shape.values);
        return;
      case Shape::Kind::array:
        write_type("array", shape.nullable);
        out_.key("items");
        return write_shape(*shape.items);
      case Shape::Kind::map:
        write_type("object", shape.nullable);
        out_.key("additionalProperties");
        return write_shape(*shape.items);
      case Shape::Kind::object:
        break;
    }
    write_type("object", shape.nullable);
    out_.key("properties").begin_object();
    for (const Field& field : shape.fields) {
      out_.key(field.name);
      write_shape(*field.shape, field.meaning);
    }
    out_.end_object();
    out_.key("required").begin_array();
    for (const Field& field : shape.fields) {
      if (!field.optional) out_.value(field.name);
    }
    out_.end_array().key("additionalProperties").value(false);
  }

  void write_components() {
    out_.key("components").begin_object().key("schemas").begin_object();
    // Describing one may name more; each is written once.
    for (std::map<std::string_view, const Shape*> written; written.size() < named_.size();) {
      const auto next =
          std::ranges::find_if(named_, [&](const auto& n) { return !written.contains(n.first); });
      const auto [name, shape] = *next;
      written.emplace(name, shape);
      Shape described = *shape;
      described.nullable = false;
      out_.key(name).begin_object();
      write_members(described);
      out_.end_object();
    }
    out_.end_object();
    out_.key("securitySchemes").begin_object().key("token").begin_object();
    out_.key("type").value("http").key("scheme").value("bearer").end_object().end_object().end_object();
  }

  JsonWriter out_;
  std::map<std::string_view, const Shape*> named_;
};

}  // namespace

std::string openapi(const ApiInfo& info, std::span<const Operation* const> operations) {
  return Description().write(info, operations);
}

}  // namespace kalima::http
