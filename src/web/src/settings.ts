// What a reader chose once, kept in the browser. Without storage (a private window) it lasts until the page is left.
import { effect, signal } from '@preact/signals';

export type Language = 'en' | 'ar';
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

function kept<Value>(name: string, fallback: Value, valid: (value: unknown) => value is Value) {
  let first = fallback;
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(`kalima.${name}`) ?? 'null');
    if (valid(stored)) first = stored;
  } catch {
    // As if nothing had been stored.
  }
  const value = signal(first);
  let started = false;
  effect(() => {
    const text = JSON.stringify(value.value);
    if (!started) {
      started = true;
      return;
    }
    try {
      window.localStorage.setItem(`kalima.${name}`, text);
    } catch {
      // See above.
    }
  });
  return value;
}

const oneOf =
  <Value extends string | number>(...values: Value[]) =>
  (value: unknown): value is Value =>
    values.includes(value as Value);
const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

export const language = kept<Language>('language', window.navigator.language.startsWith('ar') ? 'ar' : 'en', oneOf<Language>('en', 'ar'));
export const theme = kept<Theme>('theme', 'auto', oneOf<Theme>(...themes));
/** The size of corpus text in the reader, as a step; 0 is 32 px. */
export const textSize = kept<number>('size', 0, oneOf(-2, -1, 0, 1, 2, 3, 4));
/** Whether single letters are keys. */
export const letterKeys = kept<boolean>('keys', true, (value): value is boolean => typeof value === 'boolean');
/** The reader's layers, for pages whose address names none. */
export const readerLayers = kept<string[]>('layers', ['colours', 'translations'], texts);
/** The last queries, newest first. */
export const lastQueries = kept<string[]>('queries', [], texts);

export function remember(query: string): void {
  lastQueries.value = [query, ...lastQueries.value.filter((one) => one !== query)].slice(0, 8);
}
