#include "app/metrics.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using kalima::app::Metrics;

namespace {

kalima::http::Response status(int status) {
  kalima::http::Response response;
  response.status = status;
  return response;
}

kalima::http::Response failed(kalima::ErrorCode code) {
  return kalima::http::error_response(kalima::Error(code, "what is wrong"));
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("metrics count answers by status, and their time") {
  Metrics metrics;
  CHECK(metrics.text(7).find("status=") == std::string::npos);
  metrics.count(status(200), std::chrono::milliseconds(1500));
  metrics.count(status(200), std::chrono::microseconds(1));
  metrics.count(status(404), std::chrono::nanoseconds(0));
  const std::string text = metrics.text(7);
  CHECK(has_line(text, "kalima_requests_total{status=\"200\"} 2"));
  CHECK(has_line(text, "kalima_requests_total{status=\"404\"} 1"));
  CHECK(has_line(text, "kalima_request_seconds_total 1.500001"));
  CHECK(has_line(text, "kalima_verses 7"));
  CHECK(text.ends_with('\n'));
}

TEST_CASE("metrics count errors by their code") {
  Metrics metrics;
  CHECK(metrics.text(0).find("code=") == std::string::npos);
  for (const kalima::ErrorKind& kind : kalima::error_kinds) metrics.count(failed(kind.code), {});
  metrics.count(failed(kalima::ErrorCode::stale), {});
  const std::string text = metrics.text(0);
  CHECK(has_line(text, "kalima_errors_total{code=\"bad_input\"} 1"));
  CHECK(has_line(text, "kalima_errors_total{code=\"stale\"} 2"));
  CHECK(has_line(text, "kalima_errors_total{code=\"internal\"} 1"));
}

TEST_CASE("metrics take any status") {
  Metrics metrics;
  for (const int number : {-1, 0, 99, 600, 2'000'000'000, 100, 599}) metrics.count(status(number), {});
  const std::string text = metrics.text(0);
  CHECK(has_line(text, "kalima_requests_total{status=\"500\"} 5"));
  CHECK(has_line(text, "kalima_requests_total{status=\"100\"} 1"));
  CHECK(has_line(text, "kalima_requests_total{status=\"599\"} 1"));
}

TEST_CASE("metrics lose no count of several threads") {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) metrics.count(status(201), std::chrono::milliseconds(1));
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(has_line(metrics.text(0), "kalima_requests_total{status=\"201\"} 4000"));
  CHECK(has_line(metrics.text(0), "kalima_request_seconds_total 4.000000"));
}
