// Which roots somebody may mean by what they typed: Buckwalter as in the corpus, Arabic letters, or Latin
// letters as they are often used for Arabic. Spaces, dashes, dots, commas and the like between letters are
// ignored, and so are vowel signs.
//
// How a root can match, best first:
//   exact   the root's own text in Buckwalter: rHm, r-H-m
//   arabic  its letters in Arabic script: رحم, ر ح م
//   folded  the same letters, with hamza on any seat as alif, alif maqsura as ya, and kaf, ya and ha of
//           Persian and Urdu keyboards as the Arabic ones; after those, with alif, waw, ya and hamza as one
//           letter (قال finds qwl). A second letter with shadda at the end counts twice (ردّ), and two letters
//           may be a root whose second letter is doubled (رب, ردّ) or whose third is weak (أب, يد). Buckwalter
//           that is not exact is read in the same way (>mn), unless it has small letters alone and vowels among them (amn).
//           Presentation forms are the letters that they show.
//   latin   letters of any case, each of which may mean several: s is s or S, h is h or H, a is hamza or a
//           weak letter; sh th kh dh gh; ' and ` for hamza and ayn; signs of the usual romanizations
//           (ḥ, š, ʿ); 2 3 5 6 7 9 as in chats. Digraphs do not span a separator: s-h-r is three letters.
// Among matches of one kind the nearer reading comes first, then the root with more words, then the order of the list
// applies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kalima::search {

enum class RootMatch { exact, arabic, folded, latin };
std::string_view name(RootMatch match);

struct RootCandidate {
  std::size_t root;  // its index in the list
  RootMatch match;
  bool operator==(const RootCandidate&) const = default;
};

inline constexpr std::size_t longest_root_input = 256;  // bytes

// Threads: immutable.
class RootFinder {
 public:
  // The known roots, in Buckwalter; any other text matches literally. The texts must outlive the finder. `words`: how many
  // words each has; empty if that does not matter.
  explicit RootFinder(std::span<const std::string_view> roots, std::span<const std::uint32_t> words = {});

  // The candidates, each root at most once; empty if `typed` has no letter. Throws Error(bad_input) if it is
  // longer than longest_root_input, is ill-formed UTF-8 or contains U+FFFD, which replaces ill-formed UTF-8.
  std::vector<RootCandidate> find(std::string_view typed) const;

 private:
  struct Root {
    std::string_view text;
    std::u32string letters, hamza_folded, weak_folded;  // empty without Arabic letters
    std::uint32_t words = 0;
  };
  std::vector<Root> roots_;
};

}  // namespace kalima::search
