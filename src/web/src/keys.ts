// Single keys, by their place on the keyboard, so that they work with an Arabic layout. What a key presses is marked with
// `data-key`; which keys there are, help says.
import { go } from './router';
import { letterKeys } from './settings';

/** What is stepped through: lines of a concordance, and verses of a text by the word that the Tab key reaches. */
const steps = '.kwic td.match a, .verse-text a.w[tabindex="0"]';

function step(by: 1 | -1) {
  const list = [...document.querySelectorAll<HTMLElement>(steps)];
  const box = document.activeElement?.closest('tr, .verse');
  const at = list.findIndex((one) => box?.contains(one));
  // Before the first step, what is on screen comes first.
  const next = at >= 0 ? list[at + by] : list.find((one) => one.getBoundingClientRect().top > 80);
  next?.focus();
}

/** Of several that are marked, the one of the line or verse that has the focus, else of the word or verse that is shown. */
function marked(code: string): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>(`[data-key="${code}"]`)];
  const places = [document.activeElement?.closest('tr, .verse, .panel'), document.querySelector('.panel'), document.querySelector('.verse.current'), document];
  for (const place of places) {
    const found = all.find((one) => place?.contains(one));
    if (found) return found;
  }
  return undefined;
}

/** Does what the key stands for; false if it stands for nothing here. */
function act(code: string): boolean {
  if (code === 'KeyJ' || code === 'KeyK') {
    step(code === 'KeyJ' ? 1 : -1);
    return true;
  }
  const digit = /^Digit([1-9])$/.exec(code);
  const target = digit ? document.querySelectorAll<HTMLElement>('.tabs nav a, .tabs-line a')[Number(digit[1]) - 1] : code === 'BracketLeft' ? document.querySelector<HTMLElement>('[rel=prev]') : code === 'BracketRight' ? document.querySelector<HTMLElement>('[rel=next]') : marked(code);
  if (!target) return false;
  if (target instanceof HTMLSelectElement) {
    target.selectedIndex = (target.selectedIndex + 1) % target.options.length;
    target.dispatchEvent(new Event('change', { bubbles: true }));
  } else {
    target.click();
    if (target.tagName === 'SUMMARY') target.focus();
  }
  return true;
}

function toBox() {
  const box = document.getElementById('box') as HTMLInputElement | null;
  box?.focus();
  box?.select();
}

export function press(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.code === 'KeyK') {
    event.preventDefault();
    return toBox();
  }
  const typing = (event.target as Element).closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;
  if (!letterKeys.value || typing || command || event.altKey) return;
  if (event.code === 'Slash') {
    event.preventDefault();
    if (event.shiftKey) go('/help#keys');
    else toBox();
  } else if (!event.shiftKey && act(event.code)) {
    event.preventDefault();
  }
}
