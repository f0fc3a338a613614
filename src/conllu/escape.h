// Any text as the value of an attribute in the last column of CoNLL-U, or of a comment, and back without
// loss. CoNLL-U requires NFC (https://universaldependencies.org/format.html), and a value of the last column
// cannot contain `|`, a tab or a line end. The escapes are those of the format's attribute SpacesAfter (`\s`
// space, `\t`, `\n`, `\r`, `\p` for `|`, `\\`), and `\uXXXX` or `\UXXXXXX` for a code point (hexadecimal),
// `\e` for the empty text and `\z` for null. A single space inside a text is not escaped. Marks that NFC
// would reorder are written as `\uXXXX`, so that a text that is not in NFC comes back unchanged. Threads:
// pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kalima::conllu {

// `utf8` is well-formed.
std::string escaped(std::string_view utf8);
std::string escaped_or_none(const std::optional<std::string>& utf8);

// nullopt for `\z`. Throws Error(bad_input) for any other escape.
std::optional<std::string> unescaped(std::string_view value);

// The text as LEMMA or XPOS: in NFC. Empty (written as "_") if the column cannot hold it, because it is
// empty, is "_", or contains white space or control characters.
std::string as_column(std::string_view utf8);
// The text as FORM, which may contain spaces: white space inside it becomes one space, at its ends it is left out. Else as
// above.
std::string as_form(std::string_view utf8);

}  // namespace kalima::conllu
