// What could be typed next in a query.
import { suggest, type Suggestion } from './api/client';
import { answerTo } from './answers';
import { isQuery } from './text/cql';

export interface Completion {
  readonly suggestion: Suggestion;
  /** The whole text once it is taken, and where the cursor is then, in UTF-16 units. */
  readonly text: string;
  readonly cursor: number;
}

const kinds: ReadonlySet<string> = new Set<Suggestion['kind']>(['attribute', 'value', 'region', 'label', 'list', 'query']);
const max_shown = 8;

export async function completionsOf(text: string, cursor: number): Promise<readonly Completion[]> {
  if (!isQuery(text)) return [];
  const typed = text.slice(0, cursor);
  // After the sign a value is wanted, though its quotation mark has not been typed.
  const quote = /[=<>]\s*$/.test(typed) && !/<\w*$/.test(typed) && !typed.endsWith('->') ? '"' : '';
  const q = typed + quote;
  const answer = await answerTo(`suggest ${q}`, () => suggest({ q, limit: max_shown }));
  if (answer.expects === 'start' || answer.expects === 'nothing') return [];
  const rest = text.slice(cursor);
  const kept = quote === '' ? [...typed].slice(0, answer.from).join('') : q;
  return answer.suggestions
    .filter((one) => kinds.has(one.kind))
    .map((suggestion) => {
      const end = suggestion.kind === 'value' ? (rest.startsWith('"') ? '' : '"') : suggestion.kind === 'attribute' && answer.attribute === null && !/^\s*[=!<>]/.test(rest) ? '="' : '';
      const before = kept + suggestion.insert + end;
      return { suggestion, text: before + rest, cursor: before.length + (end === '' && suggestion.kind === 'value' ? 1 : 0) };
    });
}
