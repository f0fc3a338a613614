#include "support/error.h"

namespace kalima {

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
    case ErrorCode::conflict:
    case ErrorCode::forbidden:
    case ErrorCode::too_large:
      return 1;
    case ErrorCode::io:
    case ErrorCode::unavailable:
      return 2;
    case ErrorCode::internal:
      return 3;
  }
  return 3;
}

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
      return 400;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::forbidden:
      return 403;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::io:
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

}  // namespace kalima
