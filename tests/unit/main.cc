#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <iostream>

#include "skip.h"

namespace {

unsigned cases_run = 0, cases_skipped = 0, cases_without_checks = 0;
bool skipped = false;  // the running one

struct Counter : doctest::IReporter {
  explicit Counter(const doctest::ContextOptions&) {}

  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats& stats) override {
    cases_run = stats.numTestCasesPassingFilters;
  }
  void test_case_start(const doctest::TestCaseData& data) override {
    name_ = data.m_name;
    skipped = false;
  }
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats& stats) override {
    if (skipped || stats.numAssertsCurrentTest > 0) return;
    ++cases_without_checks;
    std::cout << "FAILED: the test case \"" << name_
              << "\" checks nothing and does not say that it was skipped" << std::endl;
  }
  void test_case_exception(const doctest::TestCaseException&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_assert(const doctest::AssertData&) override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}

 private:
  const char* name_ = "";
};
REGISTER_LISTENER("counter", 1, Counter);

}  // namespace

namespace kalima::testing {

void skip(const std::string& reason) {
  skipped = true;
  ++cases_skipped;
  std::cout << "SKIPPED: " << reason << std::endl;
}

}  // namespace kalima::testing

// Exit code 77 when every test case that ran was skipped: ctest counts it as skipped, not as passed.
int main(int argc, char** argv) {
  doctest::Context context(argc, argv);
  const int failed = context.run();
  if (failed != 0) return failed;
  if (cases_without_checks > 0) return 1;
  return cases_run > 0 && cases_skipped == cases_run ? 77 : 0;
}
