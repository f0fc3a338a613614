// Any text as the value of an attribute in the last column of CoNLL-U, or of a comment, and back without
// loss.
//
// CoNLL-U wants NFC (https://universaldependencies.org/format.html), and a value of the last column can hold
// neither
// `|` nor tab nor line end. The escapes are those of the attribute SpacesAfter there (`\s` blank, `\t`, `\n`,
// `\r`,
// `\p` for `|`, `\\`), and besides `\uXXXX` or `\UXXXXXX` for a code point (hexadecimal), `\e` for the empty
// text and
// `\z` for none (null). A blank within a text stays as it is. Marks whose order NFC would change are written
// as
// `\uXXXX`, so that a text that is not in NFC comes back as it was.
//
// Pure; every thread may call them at any time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::conllu {

// `utf8` is well-formed.
std::string escaped(std::string_view utf8);
std::string escaped_or_none(const std::optional<std::string>& utf8);

// nullopt for `\z`. Throws Error(bad_input) for an escape that is none of the above.
std::optional<std::string> unescaped(std::string_view value);

// The text as FORM or LEMMA: in NFC; empty (which is written "_") when it cannot stand there, because it is
// empty, "_" or holds white space or control characters.
std::string as_column(std::string_view utf8);

}  // namespace kalima::conllu
