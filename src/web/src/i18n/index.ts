// What the interface says, from one file for each language. A text with forms for numbers is an object by the names of
// Intl.PluralRules; `{name}` in a text is replaced.
import { signal } from '@preact/signals';
import type en from './en.json';
import { language, type Language } from '../settings';
import { loadServerTexts } from './server';

export type Key = keyof typeof en;
type Text = string | Readonly<Record<string, string>>;
type Texts = Readonly<Record<Key, Text>>;

const files: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import('./en.json'),
  ar: () => import('./ar.json'),
};
const texts = signal<Texts | null>(null);

/** Loads the texts of the chosen language, then turns the whole page in its direction. */
export async function loadTexts(): Promise<void> {
  const wanted = language.value;
  const [{ default: loaded }] = (await Promise.all([files[wanted](), wanted === 'ar' ? loadServerTexts() : null])) as [{ default: Texts }, unknown];
  if (wanted !== language.value) return;
  document.documentElement.lang = wanted;
  document.documentElement.dir = wanted === 'ar' ? 'rtl' : 'ltr';
  texts.value = loaded;
}

const locale = (): string => (language.value === 'ar' ? 'ar-u-nu-latn' : 'en');

export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  let text: Text = texts.value?.[key] ?? key;
  if (typeof text !== 'string') {
    const rule = new Intl.PluralRules(locale()).select(Number(values.n ?? 0));
    text = text[rule] ?? text.other ?? key;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}

export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value);
export const percent = (value: number): string => new Intl.NumberFormat(locale(), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

/** A time of the server, which has no zone: it is that of where the server is. */
export const time = (text: string): string => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(text));

/** The name in the language of the interface. */
export const named = (names: { readonly english?: string | null; readonly arabic?: string | null }): string =>
  (language.value === 'ar' ? (names.arabic ?? names.english) : (names.english ?? names.arabic)) ?? '';
