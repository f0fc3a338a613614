#include "support/clock.h"

#include <fmt/format.h>

#include <ctime>

namespace kalima {
namespace {

std::tm local(std::time_t time) {
  std::tm out{};
#ifdef _WIN32
  localtime_s(&out, &time);
#else
  localtime_r(&time, &out);
#endif
  return out;
}

}  // namespace

std::string local_iso_time(std::chrono::system_clock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(time - seconds).count();
  const std::tm t = local(std::chrono::system_clock::to_time_t(seconds));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday,
                     t.tm_hour, t.tm_min, t.tm_sec, micros);
}

std::string local_time_stamp(std::chrono::system_clock::time_point time) {
  const std::tm t =
      local(std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time)));
  return fmt::format("{:04}{:02}{:02}-{:02}{:02}{:02}", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                     t.tm_min, t.tm_sec);
}

std::string utc_iso_time(std::chrono::system_clock::time_point time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace kalima
