// Hits within a text that is not of the corpus.

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A text cut at places, which are counted in code points. */
export function marked(text: string, places: readonly { readonly from: number; readonly to: number }[]): readonly Piece[] {
  const points = [...text];
  const pieces: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const { from, to } of [...places].sort((a, b) => a.from - b.from)) {
    if (from > at) pieces.push({ text: points.slice(at, from).join(''), hit: false });
    if (to > Math.max(from, at)) pieces.push({ text: points.slice(Math.max(from, at), to).join(''), hit: true });
    at = Math.max(at, to);
  }
  if (at < points.length) pieces.push({ text: points.slice(at).join(''), hit: false });
  return pieces;
}
