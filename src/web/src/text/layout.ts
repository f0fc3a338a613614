// Where the arcs of a tree go. Pure: positions in, positions out.

export interface Arc {
  readonly from: number;
  readonly to: number;
  /** Of its label. */
  readonly width: number;
}

export interface PlacedArc extends Arc {
  /** 1 is nearest to the words. */
  readonly level: number;
}

/** Gives each arc the level nearest to the words at which neither its line nor its label meets another one's. Short arcs
 * come first, so that longer ones enclose them. `gap` is kept between labels. */
export function placeArcs(arcs: readonly Arc[], gap: number): readonly PlacedArc[] {
  const levels: [number, number][][] = [];
  const order = arcs.map((arc, index) => ({ arc, index })).sort((a, b) => Math.abs(a.arc.from - a.arc.to) - Math.abs(b.arc.from - b.arc.to) || a.index - b.index);
  const placed = new Array<PlacedArc>(arcs.length);
  for (const { arc, index } of order) {
    const [left, right] = [Math.min(arc.from, arc.to), Math.max(arc.from, arc.to)];
    const middle = (left + right) / 2;
    const [begin, end] = [Math.min(left, middle - arc.width / 2), Math.max(right, middle + arc.width / 2)];
    // An arc that encloses another one lies below it.
    let level = 0;
    for (const [at, list] of levels.entries()) {
      if (list.some(([other_begin, other_end]) => begin < other_end + gap && other_begin < end + gap)) level = at + 1;
    }
    (levels[level] ??= []).push([begin, end]);
    placed[index] = { ...arc, level: level + 1 };
  }
  return placed;
}
