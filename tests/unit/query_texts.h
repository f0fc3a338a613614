// Queries that together have every construct of the language; also where the fuzzer begins.
#pragma once

#include <string>
#include <vector>

namespace kalima::testing {

inline const std::vector<std::string> every_construct = {
    "[root=\"رحم\"]",
    "<verse> [lemma=\"قَالَ\" & aspect=\"IMPV\"]",
    "[pos=\"ADJ\"] [pos=\"ADJ\"] </verse>",
    "([pos=\"V\"] []{0,3} [lemma=\"ٱللَّه\"]) within verse",
    "{pos=\"CONJ\"} {pos=\"P\"} {pos=\"N\"} within <w/>",
    "a:[pos=\"V\"] []{0,2} b:[pos=\"N\" & case=\"ACC\"] within verse :: a.root = b.root",
    "(?<! [pos=\"NEG\"]) [mood=\"JUS\"]",
    "a:{pos=\"V\"} -Subj-> b:{hidden=\"yes\"}",
    "a:{pos=\"V\"} -Obj-> b:{hidden=\"no\"} :: start(b) < start(a)",
    "a:{pos=\"V\"} -Obj-> b:{} ; !-Subj-> _",
    "{root=\"qwl\" & pos=\"V\"} -->> b:{pos=\"V\"}",
    "a:{person=\"3\"} {person=\"\"}* </verse> <verse> {person=\"\"}* b:{person=\"2\"}",
    "a:[] </verse> <verse> []* b:[] </verse> :: a.root = b.root",
    "a:[] :: f(a.lemma) = 1 | strlen(a.word) > 3",
    "(?longest) @class=rel ('a' | !'b' 'c'{2,} & [])+ !within <s/>",
    "MU (meet [pos='nou'] not \"the\"%c -2 -1)",
    "(meet (union 'a' 'b') 'c' verse)",
    "1:[] 2:[] & 1.lemma = 2.lemma",
    "'find' (?! 'That' 'is') (?= _ --> 'x') (?<= 'not' [: pos=\"V\" :] 'to')",
    "<'s'> [word=b\"rHm\" & plain!=l'x.y'%d & n=in[1,3] & lemma=$list]",
    "[word=\"fox\" -> !(pos matches \"vrb\" | n >= -1)] containing <surah n=2 place!='x'/> overlap []?",
    "^-root-> x:_ <<-Subj-{2,3}? 'y' e:-\"subj <<kan>>\"->>{1,2} z:_",
    "rspan('a' 'b' @'c' --> (_ --> _) ; !<-a|b- 'd', 'full')",
    "phrase(a:{} -Subj-> _) within 3 verse /* end */ ; # yes",
    "a:repeat([]{3} within verse, ('a' | 'b') [], n=in[3,5], by=root, d:differ≤1) []",
    "similar(\"2:47\", similarity>=50) | repeat(by=word) | similar(<s/>)",
    "r:^-root-> rel('Subj', b:_, 'target')",
    "pattern { X [upos=V|N, lemma<>\"a\", !root, form=re\"x.*\"]; e: X -[Subj|Obj]-> Y; Y << X; X.root = "
    "Y.root;\n"
    "Z$ []; Z -[^\"a b\"]-> X } % a comment\nwithout { Y -> A; A.pos = X.pos } with { X ->> * } without { X "
    "< Y }",
};

}  // namespace kalima::testing
