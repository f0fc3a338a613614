// Which part of a written word each of its segments is. The morphology spells segments without the signs of recitation
// that the text has, so letters are aligned.

const tatweel = '\u0640';
const isMark = (c: string): boolean => /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff]/.test(c);
/** Letters that are written alike in one of the two spellings. */
const kin = (c: string): string => (/[اأإآٱ\u0670]/.test(c) ? 'ا' : /[ىيئ]/.test(c) ? 'ي' : /[وؤ]/.test(c) ? 'و' : c);

const leftOut = (c: string): number => (c === '\u0670' ? 1 : isMark(c) || c === tatweel ? 0.5 : 2);
function exchanged(a: string, b: string): number {
  if (a === b) return 0;
  if (kin(a) === kin(b)) return 0.3;
  if (isMark(a) && isMark(b)) return 0.6;
  return isMark(a) || isMark(b) ? 5 : 3;
}

const known = new Map<string, readonly string[] | null>();

/** The word cut into as many parts as it has segments; together they are the word, code point by code point. null where
 * no cut is found. */
export function splitWord(word: string, segments: readonly string[]): readonly string[] | null {
  if (segments.length === 1) return [word];
  const key = word + '\n' + segments.join('\n');
  let parts = known.get(key);
  if (parts === undefined) {
    parts = aligned([...word], segments.map((segment) => [...segment]));
    known.set(key, parts);
  }
  return parts;
}

function aligned(word: readonly string[], segments: readonly (readonly string[])[]): readonly string[] | null {
  const spelt = segments.flat();
  const [rows, columns] = [spelt.length + 1, word.length + 1];
  // cost[i * columns + j]: of the first i letters of the segments with the first j of the word.
  const cost = new Float64Array(rows * columns);
  for (let i = 1; i < rows; i++) cost[i * columns] = cost[(i - 1) * columns]! + leftOut(spelt[i - 1]!);
  for (let j = 1; j < columns; j++) cost[j] = cost[j - 1]! + leftOut(word[j - 1]!);
  for (let i = 1; i < rows; i++) {
    for (let j = 1; j < columns; j++) {
      cost[i * columns + j] = Math.min(
        cost[(i - 1) * columns + j - 1]! + exchanged(spelt[i - 1]!, word[j - 1]!),
        cost[(i - 1) * columns + j]! + leftOut(spelt[i - 1]!),
        cost[i * columns + j - 1]! + leftOut(word[j - 1]!),
      );
    }
  }
  // Back along the cheapest way: how much of the word each letter of the segments reaches.
  const reach = new Array<number>(rows).fill(0);
  let [i, j] = [rows - 1, columns - 1];
  reach[i] = j;
  while (i > 0) {
    const at = cost[i * columns + j]!;
    if (j > 0 && at === cost[(i - 1) * columns + j - 1]! + exchanged(spelt[i - 1]!, word[j - 1]!)) reach[--i] = --j;
    else if (j > 0 && at === cost[i * columns + j - 1]! + leftOut(word[j - 1]!)) j--;
    else reach[--i] = j;
  }
  const parts: string[] = [];
  let begin = 0;
  let letters = 0;
  for (const [number, segment] of segments.entries()) {
    letters += segment.length;
    let end = number + 1 === segments.length ? word.length : Math.max(reach[letters]!, begin);
    const next = segments[number + 1]?.[0];
    // A mark belongs to the letter before it.
    while (end < word.length && next !== undefined && !isMark(next) && isMark(word[end]!)) end++;
    if (end <= begin) return null;
    parts.push(word.slice(begin, end).join(''));
    begin = end;
  }
  return parts;
}
