// Parts of speech as families with a colour each (style/tokens.css).

export const families = ['noun', 'proper', 'adjective', 'verb', 'pronoun', 'preposition', 'conjunction', 'article', 'negation', 'relative', 'circumstance', 'other'] as const;
export type Family = (typeof families)[number];

const family_of: Readonly<Record<string, Family>> = {
  N: 'noun',
  IMPN: 'noun',
  PN: 'proper',
  ADJ: 'adjective',
  V: 'verb',
  PRON: 'pronoun',
  P: 'preposition',
  CONJ: 'conjunction',
  DET: 'article',
  NEG: 'negation',
  PRO: 'negation',
  REL: 'relative',
  SUB: 'relative',
  T: 'circumstance',
  LOC: 'circumstance',
  DEM: 'circumstance',
};

export const familyOf = (tag: string | null | undefined): Family => family_of[tag ?? ''] ?? 'other';
export const colourOf = (tag: string | null | undefined): string => `pos-${familyOf(tag)}`;
