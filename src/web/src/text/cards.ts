// A query as cards: words or segments one after the other, or joined by edges of the treebank. Reading what someone typed
// and writing it again gives the same query, or it is said to be more than cards can show.

export interface Value {
  /** `l` for a value without special characters, `b` for Buckwalter. */
  readonly flag: '' | 'l' | 'b';
  readonly text: string;
}

export interface Condition {
  readonly attribute: string;
  readonly operator: '=' | '!=' | '==' | '!==';
  /** One of them is enough; several only for `=` and `==`. */
  readonly values: readonly Value[];
}

/** How often: from min to max times, max null without end. */
export interface Repeat {
  readonly min: number;
  readonly max: number | null;
}

export interface Card {
  readonly label: string;
  /** A word by its attributes, a segment, or a written word in any spelling. */
  readonly kind: 'word' | 'segment' | 'written';
  readonly conditions: readonly Condition[];
  readonly written: string;
  readonly repeat: Repeat;
}

/** What is between a card and the next one: nothing, or an edge to the dependent or to the head. */
export interface Join {
  readonly edge: 'none' | 'dependent' | 'head';
  readonly relation: string;
}

export interface Cards {
  readonly cards: readonly Card[];
  /** One fewer than there are cards. */
  readonly joins: readonly Join[];
  /** The region in which all must be, such as verse or <surah n="2"/>, or ''. */
  readonly within: string;
  /** What must hold between labels, as it is typed, or ''. */
  readonly where: string;
}

const special = /[\\.*+?()[\]{}|^$]/;
/** A value that is taken as it is written. */
export const exactly = (text: string): Value => ({ flag: special.test(text) ? 'l' : '', text });

export const once: Repeat = { min: 1, max: 1 };
export const next_to: Join = { edge: 'none', relation: '' };
export const new_card: Card = { label: '', kind: 'word', conditions: [], written: '', repeat: once };

const string_rule = /"(?:[^"\\]|\\.)*"/y;
const unescaped = (text: string): string => text.slice(1, -1).replace(/\\(["\\])/g, '$1');
/** Only quotation marks are escaped: other backslashes are of regular expressions. */
const escaped = (text: string): string => `"${text.replace(/"/g, '\\"')}"`;

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  space(): void {
    this.match(/\s*/y);
  }
  match(rule: RegExp): RegExpExecArray | null {
    rule.lastIndex = this.at;
    const found = rule.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }
  /** Takes what is next if it is this. */
  take(rule: RegExp): RegExpExecArray | null {
    this.space();
    return this.match(rule);
  }
  get done(): boolean {
    this.space();
    return this.at === this.text.length;
  }
}

function readCondition(from: Reader): Condition | null {
  const test = (): { attribute: string; operator: Condition['operator']; value: Value } | null => {
    const attribute = from.take(/[a-z_]\w*/y)?.[0];
    const operator = from.take(/!==|==|!=|=/y)?.[0] as Condition['operator'] | undefined;
    const flag = from.take(/[lb](?=")/y)?.[0] as 'l' | 'b' | undefined;
    const text = from.take(string_rule)?.[0];
    return attribute && operator && text ? { attribute, operator, value: { flag: flag ?? '', text: unescaped(text) } } : null;
  };
  const grouped = from.take(/\(/y) !== null;
  const first = test();
  if (!first) return null;
  const values = [first.value];
  while (from.take(/\|/y)) {
    const other = test();
    if (!other || other.attribute !== first.attribute || other.operator !== first.operator) return null;
    values.push(other.value);
  }
  if (grouped && !from.take(/\)/y)) return null;
  return { attribute: first.attribute, operator: first.operator, values };
}

function readRepeat(from: Reader): Repeat | null {
  const sign = from.take(/[?*+]|\{(\d+)(?:(,)(\d*))?\}/y);
  if (!sign) return once;
  switch (sign[0]) {
    case '?':
      return { min: 0, max: 1 };
    case '*':
      return { min: 0, max: null };
    case '+':
      return { min: 1, max: null };
    default: {
      const min = Number(sign[1]);
      return { min, max: sign[2] === undefined ? min : sign[3] === '' ? null : Number(sign[3]) };
    }
  }
}

function readCard(from: Reader): Card | null {
  const label = from.take(/([A-Za-z_]\w*):(?!:)/y)?.[1] ?? '';
  const written = from.take(string_rule)?.[0];
  if (written) {
    const repeat = readRepeat(from);
    return repeat && { ...new_card, label, kind: 'written', written: unescaped(written), repeat };
  }
  const open = from.take(/[[{]/y)?.[0];
  if (!open) return null;
  const close = open === '[' ? /\]/y : /\}/y;
  const conditions: Condition[] = [];
  if (!from.take(close)) {
    do {
      const condition = readCondition(from);
      if (!condition) return null;
      conditions.push(condition);
    } while (from.take(/&/y));
    if (!from.take(close)) return null;
  }
  const repeat = readRepeat(from);
  return repeat && { ...new_card, label, kind: open === '[' ? 'word' : 'segment', conditions, repeat };
}

function read(text: string): Cards | null {
  const from = new Reader(text);
  const first = readCard(from);
  if (!first) return null;
  const cards = [first];
  const joins: Join[] = [];
  for (;;) {
    if (from.done) return { cards, joins, within: '', where: '' };
    const within = from.take(/within\s+([a-z]+|<[a-z]+(?:\s+[a-z]+="[^"]*")*\s*\/>)(?=\s*$|\s*::)/y)?.[1] ?? '';
    const where = from.take(/::\s*(\S[^]*)$/y)?.[1]?.trimEnd() ?? '';
    if (within !== '' || where !== '') return from.done ? { cards, joins, within, where } : null;
    const edge = from.take(/(<)?-(?:(\w+)|"([^"]*)")?-(>)?/y);
    if (edge && (edge[1] === undefined) === (edge[4] === undefined)) return null;
    joins.push(edge ? { edge: edge[4] ? 'dependent' : 'head', relation: edge[2] ?? edge[3] ?? '' } : next_to);
    const card = readCard(from);
    if (!card) return null;
    cards.push(card);
  }
}

const written_value = ({ flag, text }: Value): string => flag + escaped(text);
function writtenCondition({ attribute, operator, values }: Condition, alone: boolean): string {
  const list = values.map((value) => attribute + operator + written_value(value)).join(' | ');
  return values.length > 1 && !alone ? `(${list})` : list;
}
export function writtenRepeat({ min, max }: Repeat): string {
  if (min === 1 && max === 1) return '';
  if (max === null) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
function writtenCard({ label, kind, conditions, written, repeat }: Card): string {
  const list = conditions.map((condition) => writtenCondition(condition, conditions.length === 1)).join(' & ');
  const body = kind === 'written' ? escaped(written) : kind === 'word' ? `[${list}]` : `{${list}}`;
  return (label === '' ? '' : `${label}:`) + body + writtenRepeat(repeat);
}
function writtenJoin({ edge, relation }: Join): string {
  if (edge === 'none') return ' ';
  const name = /^\w*$/.test(relation) ? relation : `"${relation}"`;
  return edge === 'dependent' ? ` -${name}-> ` : ` <-${name}- `;
}

/** As a query. */
export const write = ({ cards, joins, within, where }: Cards): string =>
  cards.map((card, index) => (index === 0 ? '' : writtenJoin(joins[index - 1]!)) + writtenCard(card)).join('') + (within === '' ? '' : ` within ${within}`) + (where === '' ? '' : ` :: ${where}`);

/** Without blanks that mean nothing. */
const bare = (query: string): string => query.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_whole, text?: string) => text ?? '');

/** The cards of a query; null where it says more than cards can show. */
export function cardsOf(query: string): Cards | null {
  const found = read(query.trim());
  return found && bare(write(found)) === bare(query) ? found : null;
}

/** Nothing in it is still to be filled in. */
export const isComplete = ({ cards }: Cards): boolean =>
  cards.every((card) => (card.kind === 'written' ? card.written.trim() !== '' : card.conditions.every((one) => one.attribute !== '' && one.values.length > 0)));

/** The query with one more condition on its last word or segment; a new one where cards cannot show it. */
export function withCondition(query: string, attribute: string, text: string): string {
  const condition: Condition = { attribute, operator: '=', values: [exactly(text)] };
  const found = query.trim() === '' ? null : cardsOf(query);
  const last = found?.cards.at(-1);
  if (!found || !last || last.kind === 'written') return write({ cards: [{ ...new_card, conditions: [condition] }], joins: [], within: '', where: '' });
  if (last.conditions.some((one) => one.attribute === attribute && one.values.some((value) => value.text === text))) return query;
  return write({ ...found, cards: [...found.cards.slice(0, -1), { ...last, conditions: [...last.conditions, condition] }] });
}
