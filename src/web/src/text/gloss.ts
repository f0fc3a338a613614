/** A gloss as it is shown beside its word. The corpus cut it from a running translation, whose commas, stops and dashes end it. */
export const glossShown = (gloss: string): string => gloss.replace(/[\s,.;:-]+$/, '') || gloss;
