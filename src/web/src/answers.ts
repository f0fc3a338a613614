// Answers of the server for parts of the page. They are kept, so that going back shows at once what was there.
import { useEffect, useState } from 'preact/hooks';
import { Failure } from './api/ask';

export type Answer<Value> =
  | { readonly state: 'waiting' }
  | { readonly state: 'here'; readonly value: Value }
  | { readonly state: 'failed'; readonly failure: Failure };

const kept = new Map<string, Promise<unknown>>();
const settled = new Map<string, unknown>();
const max_kept = 200;

/** The value under a key, asked for once. A failure is not kept. */
export function answerTo<Value>(key: string, ask: () => Promise<Value>): Promise<Value> {
  let promise = kept.get(key) as Promise<Value> | undefined;
  if (!promise) {
    promise = ask();
    kept.set(key, promise);
    promise.then(
      (value) => kept.get(key) === promise && settled.set(key, value),
      () => kept.get(key) === promise && kept.delete(key),
    );
    for (const old of kept.keys()) {
      if (kept.size <= max_kept) break;
      kept.delete(old);
      settled.delete(old);
    }
  }
  return promise;
}

/** Another corpus has come: nothing that was answered holds any more. */
export function forget(): void {
  kept.clear();
  settled.clear();
}

/** The answer to a question; nothing is asked while `key` is null. The last one is shown until the next one comes if
 * `keepLast`. */
export function useAnswer<Value>(key: string | null, ask: () => Promise<Value>, keepLast = false): Answer<Value> {
  const [shown, show] = useState<{ key: string | null; answer: Answer<Value> }>({ key: null, answer: { state: 'waiting' } });
  useEffect(() => {
    if (key === null) return undefined;
    let wanted = true;
    answerTo(key, ask).then(
      (value) => wanted && show({ key, answer: { state: 'here', value } }),
      (error: unknown) => wanted && show({ key, answer: { state: 'failed', failure: error instanceof Failure ? error : new Failure(0, { detail: String(error) }) } }),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  if (key === null) return { state: 'waiting' };
  if (settled.has(key)) return { state: 'here', value: settled.get(key) as Value };
  if (shown.key === key || (keepLast && shown.key !== null)) return shown.answer;
  return { state: 'waiting' };
}
