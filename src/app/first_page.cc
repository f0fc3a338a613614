#include "app/first_page.h"

#include <fmt/format.h>

#include <string_view>

namespace kalima::app {
namespace {

constexpr std::string_view top = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Kalima</title>
<style>
body{font:1rem/1.6 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
code{background:#eee;padding:0 .2em;overflow-wrap:anywhere}
pre{background:#eee;padding:.5em;overflow-x:auto}
li{margin:.4em 0}
[lang=ar]{font-size:1.3em}
</style>
<h1>Kalima is running</h1>
)";

struct Example {
  std::string_view path;  // as written in an address
  std::string_view text;  // HTML
};

// All of these find something in the starter corpus. Arabic has the order of signs of the stored text (shadda
// before its vowel), which these searches require.
constexpr Example examples[] = {
    {"/api/verse/1/1",
     R"(verse 1:1, <span lang="ar" dir="rtl">بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ</span>, with its words and segments)"},
    {"/api/surah/112", R"(surah 112, <span lang="ar" dir="rtl">الإخلاص</span>)"},
    {"/api/search/roots?root=rHm",
     R"(verses with the root <i>rHm</i> (<span lang="ar" dir="rtl">ر ح م</span>; roots are written in Buckwalter letters))"},
    {"/api/search?q=%D8%B1%D9%8E%D8%A8%D9%91%D9%90&amp;type=text",
     R"(verses whose text contains <span lang="ar" dir="rtl">رَبِّ</span>)"},
    {"/api/search/morphology?q=PASS", "passive verbs and participles"},
    {"/api/search/verb_forms?form=IV", "verbs of form IV"},
    {"/api/search/syntax?q=P+N", "a preposition before a noun"},
    {"/api/translations/112:1", "the English translation of 112:1"},
    {"/api/roots", "all roots"},
    {"/api/v1/history", "what was changed, and when"},
};

}  // namespace

std::string import_command() {
  return "kalima import --text quran-uthmani.txt --morphology quranic-corpus-morphology-0.4.txt";
}

std::string first_page(std::size_t verses, bool starter) {
  std::string page(top);
  if (starter) {
    page += fmt::format(
        "<p>It serves the {} verses that come with the program: surahs 1 and 93 to 114, with their "
        "morphology and an English translation.</p>\n",
        verses);
  } else {
    page += fmt::format("<p>It serves {} verses.</p>\n", verses);
  }
  page +=
      "<h2>Requests to try</h2>\n<p>The answers are JSON, for programs; a browser shows them "
      "too.</p>\n<ul>\n";
  for (const Example& example : examples) {
    page += fmt::format("<li>{0}<br><a href=\"{1}\"><code>{1}</code></a>\n", example.text, example.path);
  }
  page += "</ul>\n";
  if (starter) {
    page += fmt::format(
        "<h2>The whole Quran</h2>\n<p>Stop the server, and import published files. This replaces everything "
        "that was written to this database:</p>\n<pre>{}</pre>\n",
        import_command());
  }
  page +=
      "<h2>The web frontend</h2>\n<p>Start with <code>kalima serve --static FOLDER</code>, where FOLDER "
      "contains the frontend's <code>index.html</code>; it is then shown here.</p>\n</html>\n";
  return page;
}

}  // namespace kalima::app
