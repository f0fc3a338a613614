// The fork of the Quranic Arabic Corpus' morphology in Arabic script (https://github.com/mustafa0x/quran-morphology), whose
// lines are translated into those of version 0.4:
//
//   1:1:3:1   ٱل        P   DET|PREF|LEM:ال
//   1:1:3:2   رَّحْمَٰنِ   N   ROOT:رحم|LEM:رَحْمٰن|MS|GEN|ADJ
//   2:6:3:1   كَفَرُ      V   PERF|VF:1|ROOT:كفر|LEM:كَفَرَ|3MP
//   2:6:3:2   وا۟        N   PRON|SUFF|3MP
//
// Source: its README and scripts, and lines of it that other programs carry. TAG is only N, V or P; the part of speech is
// the first feature. It has verb forms as numbers (VF), the families of inna, kāna and kāda (FAM), and tags that version
// 0.4 lacks (ATT, DIST, ADDR, NV). An earlier state of it has the features of version 0.4 in Arabic script.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::importers {

struct QacColumns {
  std::optional<std::string>
      form;                   // Arabic, empty if it is not written; nullopt if the file has it in Buckwalter
  std::string tag, features;  // of version 0.4
};

// A line's columns in version 0.4. What that has no words for stays as it is. Pure; no input is an error.
QacColumns in_version_0_4(std::string_view form, std::string_view tag, std::string_view features);

}  // namespace kalima::importers
