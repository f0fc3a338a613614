// Whether this browser keeps the letters of a word joined when its segments are coloured by elements. Where it does not
// (some versions of Safari), words stay whole and ranges are coloured instead.
import { signal } from '@preact/signals';
import { families } from './tags';

export const elementsJoin = signal(true);

const words: readonly (readonly string[])[] = [
  ['بِ', 'سْمِ'],
  ['ٱلْ', 'كِتَـٰبُ'],
  ['فَ', 'سَ', 'يَكْفِي', 'كَ', 'هُمُ'],
];

/** Measures coloured words against plain ones; the font must have been loaded. */
export function probe(): void {
  const box = document.createElement('div');
  box.className = 'quran probe';
  box.setAttribute('aria-hidden', 'true');
  document.body.append(box);
  const width = (parts: readonly string[]): number => {
    // Of its own, so that it is not joined to its neighbour.
    const line = document.createElement('div');
    line.className = 'probe';
    for (const [number, part] of parts.entries()) {
      if (parts.length === 1) line.append(part);
      else line.append(Object.assign(document.createElement('span'), { className: number % 2 ? 'pos-noun' : 'pos-verb', textContent: part }));
    }
    box.append(line);
    return line.getBoundingClientRect().width;
  };
  elementsJoin.value = words.every((parts) => Math.abs(width(parts) - width([parts.join('')])) < 0.5);
  box.remove();
}

/** Colours the parts of whole words below `root`: each has their lengths and families in `data-parts`. */
export function highlight(root: Element): () => void {
  if (elementsJoin.value || !('highlights' in CSS)) return () => undefined;
  const added: [string, Range][] = [];
  for (const word of root.querySelectorAll<HTMLElement>('[data-parts]')) {
    const text = word.firstChild;
    if (!text) continue;
    let at = 0;
    for (const part of word.dataset.parts!.split(' ')) {
      const [length, family] = part.split(':') as [string, string];
      const range = new Range();
      range.setStart(text, at);
      at += Number(length);
      range.setEnd(text, at);
      added.push([`pos-${family}`, range]);
    }
  }
  for (const family of families) if (!CSS.highlights.has(`pos-${family}`)) CSS.highlights.set(`pos-${family}`, new Highlight());
  for (const [name, range] of added) CSS.highlights.get(name)!.add(range);
  return () => added.forEach(([name, range]) => CSS.highlights.get(name)!.delete(range));
}
