// A sentence of the treebank as CoNLL-U. What is not spoken is an empty node, and the treebank's own edges are in DEPS; in
// HEAD a hidden head is replaced by the nearest one that is spoken, because CoNLL-U wants it so.
import type { Node } from '../api/client';

export interface Row {
  readonly node: Node;
  /** What is written of it. */
  readonly form: string;
}

export interface Names {
  /** The part of speech, and the relation, in Universal Dependencies. */
  readonly upos: (tag: string) => string;
  readonly deprel: (relation: string) => string;
}

const field = (text: string): string => (text === '' ? '_' : text.replace(/[\t\n\r]/g, ' '));

export function conllu(rows: readonly Row[], words: ReadonlyMap<string, string>, names: Names, comments: readonly string[]): string {
  const by_id = new Map(rows.map(({ node }) => [node.id, node]));
  const related = (node: Node): boolean => node.head !== null && node.head !== node.id && by_id.has(node.head) && node.relation !== undefined && node.relation !== 'NonRel';

  const numbers = new Map<number, string>();
  let spoken = 0;
  let empty = 0;
  for (const { node } of rows) {
    if (node.place === null) numbers.set(node.id, `${spoken}.${++empty}`);
    else {
      numbers.set(node.id, String(++spoken));
      empty = 0;
    }
  }
  const heads = new Map<number, number>();
  const leads_back = (id: number, to: number): boolean => {
    for (let at: number | undefined = to, steps = 0; at !== undefined && steps <= rows.length; at = heads.get(at), steps++) if (at === id) return true;
    return false;
  };
  for (const { node } of rows) {
    if (node.place === null) continue;
    let head: Node | undefined = related(node) ? by_id.get(node.head!) : undefined;
    for (let steps = 0; head && head.place === null && steps < rows.length; steps++) head = related(head) ? by_id.get(head.head!) : undefined;
    if (head && head.place !== null && !leads_back(node.id, head.id)) heads.set(node.id, head.id);
  }
  const root = rows.find(({ node }) => node.place !== null && !heads.has(node.id))?.node.id;

  const wordOf = (node: Node): string | null => node.place?.split(':').slice(0, 3).join(':') ?? null;
  const lines = [...comments.map((comment) => `# ${comment}`)];
  rows.forEach(({ node, form }, index) => {
    const number = numbers.get(node.id)!;
    const word = wordOf(node);
    if (word !== null && (index === 0 || wordOf(rows[index - 1]!.node) !== word)) {
      const last = rows.findLast((row) => wordOf(row.node) === word)!;
      if (last.node !== node) lines.push([`${number}-${numbers.get(last.node.id)!}`, field(words.get(word) ?? ''), '_', '_', '_', '_', '_', '_', '_', `Ref=${word}`].join('\t'));
    }
    const hidden = node.place === null;
    const head = hidden ? '_' : node.id === root ? '0' : numbers.get(heads.get(node.id) ?? root!)!;
    const direct = related(node) && heads.get(node.id) === node.head;
    const deprel = hidden ? '_' : node.id === root ? 'root' : direct ? names.deprel(node.relation!) : 'dep';
    const deps = related(node) ? `${numbers.get(node.head!)!}:${names.deprel(node.relation!)}` : hidden || node.id !== root ? '_' : '0:root';
    const misc = [node.place ? `Ref=${node.place}` : '', node.relation && node.relation !== 'NonRel' ? `Rel=${node.relation.replace(/[| ]/g, '_')}` : ''].filter(Boolean).join('|');
    lines.push([number, field(form), '_', field(node.pos ? names.upos(node.pos) : ''), field(node.pos ?? ''), '_', head, deprel, deps, field(misc)].join('\t'));
  });
  return `${lines.join('\n')}\n\n`;
}
