// The address bar says what is on screen, and what changes it goes through here.
import { computed, signal } from '@preact/signals';
import { base, withinPage } from './base';

/** Of what there are lists, as addresses name them (/lists/roots) and src/app/page.cc has them. */
export const listNames = ['roots', 'lemmas', 'words', 'tags', 'relations', 'ngrams', 'endings'] as const;
export type ListName = (typeof listNames)[number];

export type Route =
  | { readonly screen: 'start' | 'search' | 'notes' | 'help' | 'lists' | 'import' | 'missing' }
  | { readonly screen: 'list'; readonly list: ListName }
  | { readonly screen: 'reader'; readonly range: string; readonly word: number | null }
  | { readonly screen: 'tree'; readonly verse: string }
  | { readonly screen: 'root' | 'lemma'; readonly name: string };

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What a path names, as the server's src/app/page.cc has it. */
export function routeOf(path: string): Route {
  const parts = path.split('/').slice(1).map(decoded);
  const [first = '', second] = parts;
  if (parts.length === 1) {
    if (first === '') return { screen: 'start' };
    if (first === 'search' || first === 'notes' || first === 'help' || first === 'lists' || first === 'import') return { screen: first };
    const word = /^(\d+:\d+):(\d+)$/.exec(first);
    if (word) return { screen: 'reader', range: word[1]!, word: Number(word[2]) };
    if (/^\d+(:\d+)?(-\d+(:\d+)?)?$|^[a-z]+:\d+$/.test(first)) return { screen: 'reader', range: first, word: null };
  } else if (parts.length === 2 && second) {
    if (first === 'tree' && /^\d+:\d+$/.test(second)) return { screen: 'tree', verse: second };
    const list = listNames.find((one) => one === second);
    if (first === 'lists' && list) return { screen: 'list', list };
    if (first === 'root' || first === 'lemma') return { screen: first, name: second };
  }
  return { screen: 'missing' };
}

const here = (): URL => {
  const url = new URL(window.location.href);
  url.pathname = withinPage(url.pathname);
  return url;
};

/** The address as it is now, as it is called within the page. */
export const address = signal(here());
export const route = computed(() => routeOf(address.value.pathname));
/** How many pages were opened here by the user; 0 until the first click. */
export const visits = signal(0);

/** Goes to an address of the page. `replace` for what should not be gone back to, such as each letter typed. */
export function go(to: string, { replace = false, keep = false }: { replace?: boolean; keep?: boolean } = {}): void {
  const url = new URL(to, address.value);
  if (url.href === address.value.href) return;
  window.history[replace ? 'replaceState' : 'pushState'](null, '', base + url.pathname + url.search + url.hash);
  const elsewhere = url.pathname !== address.value.pathname;
  address.value = url;
  if (!replace) visits.value++;
  if (elsewhere && !keep) window.scrollTo(0, 0);
}

/** The same page with other parameters; undefined or empty takes one away. */
export function withParameters(changes: Readonly<Record<string, string | undefined>>, path?: string): string {
  const url = new URL(address.value);
  if (path !== undefined) url.pathname = path;
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  const text = url.searchParams.toString().replace(/%3A/g, ':').replace(/%2C/g, ',');
  return url.pathname + (text === '' ? '' : `?${text}`);
}

export const parameter = (name: string): string | null => address.value.searchParams.get(name);

window.addEventListener('popstate', () => {
  address.value = here();
});

// Links within the page open without loading it again.
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== window.location.origin) return;
  const path = withinPage(link.pathname);
  if ((base !== '' && path === link.pathname) || path.startsWith('/api/') || (link.hash && link.pathname === window.location.pathname)) return;
  event.preventDefault();
  go(path + link.search + link.hash, { keep: link.dataset.keep !== undefined });
});
