// What the server says about a query, in Arabic. It speaks English; what is not known here stays as it says it.
import type texts from './server_ar.json';
import { signal } from '@preact/signals';

type Texts = typeof texts;

const loaded = signal<Texts | null>(null);

export const loadServerTexts = (): Promise<void> => import('./server_ar.json').then((file) => void (loaded.value = file.default));

const isolated = (text: string): string => `\u2066${text.replace(/^'(.*)'$/s, '$1')}\u2069`;

/** A part of what was said that is prose is a message of its own; all else keeps its direction. */
const part = (text: string, table: Readonly<Record<string, string>>): string => (text.includes(' ') ? found(text, table) : null) ?? isolated(text);

const proposal = 'did you mean ';
/** "lemma or lem", as the server proposes names. Elsewhere such words may be a value of the corpus. */
function anyOf(text: string): string | null {
  const names = loaded.value && /^\S+(?:(?:, | or )\S+)* or \S+$/.test(text) ? text.split(/, | or /).map(isolated) : [];
  const last = names.pop();
  return loaded.value && last !== undefined ? names.join(loaded.value.comma) + loaded.value.or + last : null;
}

/** The text that a pattern with `{}` has for what was said, with its parts in their places; null if none has. */
function found(said: string, table: Readonly<Record<string, string>>): string | null {
  for (const [pattern, text] of Object.entries(table)) {
    const rule = new RegExp(`^${pattern.replace(/[.*+?^$()[\]|\\]/g, '\\$&').replace(/\{\}/g, '([^]+?)')}$`);
    const parts = rule.exec(said)?.slice(1);
    if (!parts) continue;
    let at = 0;
    return text.replace(/\{\}/g, () => {
      const one = parts[at++] ?? '';
      return (pattern.startsWith(proposal) ? anyOf(one) : null) ?? part(one, table);
    });
  }
  return null;
}

/** The same for messages of which one says more about the other. */
function joined(said: string, table: Readonly<Record<string, string>>, semicolon: string): string | null {
  const whole = found(said, table);
  if (whole !== null) return whole;
  for (const [sign, between] of [
    ['; ', semicolon],
    [': ', ': '],
  ] as const) {
    const at = said.indexOf(sign);
    if (at < 0) continue;
    const [first, second] = [found(said.slice(0, at), table), joined(said.slice(at + sign.length), table, semicolon)];
    if (first !== null && second !== null) return first + between + second;
  }
  return null;
}

/** "the query ends too early; expected ']' to close the word", and what could be done; null where it is not known. */
export function saidInArabic(detail: string, cure?: string): string | null {
  const table = loaded.value;
  if (!table) return null;
  const [what = '', ...wanted] = detail.split('; expected ');
  const said = joined(what, table.said, table.semicolon);
  if (said === null) return null;
  const list = wanted
    .join('; expected ')
    .split(/, | or /)
    .filter((one) => one !== '')
    .map((one) => found(one, table.expected) ?? isolated(one));
  const last = list.pop();
  const expects = last === undefined ? '' : table.semicolon + table.expects + (list.length === 0 ? last : list.join(table.comma) + table.or + last);
  // A cure that is not known stays in English, in its own direction.
  const done = cure ? (joined(cure, table.said, table.semicolon) ?? isolated(cure)) : '';
  const whole = said + expects + (done ? table.semicolon + done : '');
  return whole + (/[.؟?]$/.test(whole) ? '' : '.');
}
