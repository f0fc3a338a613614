// A declared route: everything that is to be known of it in one place. The dispatcher checks a request against it and
// gives the handler typed values; the description (openapi.h), OPTIONS and metrics are made from it.
#pragma once

#include <any>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/message.h"
#include "http/parameter.h"
#include "http/router.h"
#include "http/shape.h"
#include "support/error.h"

namespace kalima::http {

// What a client needs to know of a route. A constant.
struct Operation {
  std::string_view method;
  std::string_view path;  // named parts in braces: "/api/v1/verses/{range}"
  std::string_view id;    // for generated clients: "listRoots"
  std::string_view group;
  std::string_view summary;  // a phrase
  std::span<const Parameter* const> parameters = {};
  const Shape* answer = nullptr;  // of an answer with `status`
  int status = 200;
  std::string_view media_type = json_type;
  std::span<const std::string_view> other_answers = {};  // media types of texts that it may have instead
  const Shape* body = nullptr;                           // of a request with a body
  std::string_view body_type = json_type;
  // Its parameters that would be in an address are members of a JSON object in the body: texts, numbers, true and false,
  // and lists of texts. It only reads, as GET does.
  bool parameters_in_body = false;
  std::span<const ErrorCode> errors = {};           // beside those that every route may have
  std::span<const std::string_view> examples = {};  // addresses that find something in the starter corpus
  bool cached = false;                              // the answer is kept until what it shows changes
  bool deprecated = false;  // its errors are {"error": ...}, and it ignores unknown parameters
};

// A request to a route, with its values.
class Call {
 public:
  // The value of a parameter of the route that has a default or is required.
  template <typename T>
  const T& operator[](const Typed<T>& parameter) const {
    return std::any_cast<const T&>(value_of(parameter.row));
  }
  // nullptr if the parameter is missing.
  template <typename T>
  const T* find(const Typed<T>& parameter) const {
    const std::any& value = value_of(parameter.row);
    return value.has_value() ? &std::any_cast<const T&>(value) : nullptr;
  }
  const Request& request() const { return request_; }
  // The parameters of the address or the body that were given, as they are in an address.
  const std::vector<std::pair<std::string, std::string>>& given() const { return given_; }

 private:
  friend class RouteHandler;
  Call(const Request& request, std::span<const Parameter* const> declared)
      : request_(request), declared_(declared), values_(declared.size()) {}
  const std::any& value_of(const Parameter& parameter) const;

  const Request& request_;
  std::span<const Parameter* const> declared_;
  std::vector<std::any> values_;
  std::vector<std::pair<std::string, std::string>> given_;
};

struct Route {
  const Operation* operation;
  std::function<Response(const Call&)> handler;
};

// Adds the route. A request with an unknown parameter, a parameter given twice, a missing one or one with a wrong value
// is refused with an Error that names it; `token`, which is for the guard, is known everywhere.
void add_route(Router& router, const Route& route);

// 304 without a body if the request's If-None-Match has the ETag of a good answer; gives the answer an ETag, the hash
// of its body, if it has none. Only for GET and HEAD.
void make_conditional(const Request& request, Response& response);
// If the value of If-None-Match names the entity tag `tag`, by the weak comparison of RFC 9110.
bool names_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace kalima::http
