// Lines of a concordance: before, match, after, in the order of the script.
import type { QueryHit } from '../api/client';
import { t } from '../i18n';

/** A hit as a line of a concordance. */
export interface Line {
  /** SURAH:AYAH:WORD of the first word, or SURAH:AYAH. */
  readonly place: string;
  readonly verse: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

export function lineOf(hit: QueryHit): Line {
  const [surah, ayah, first] = hit.start.split(':');
  const [other_surah, other_ayah, last] = hit.end.split(':');
  const verse = `${surah}:${ayah}`;
  return {
    place: `${verse}:${first}`,
    verse,
    first: Number(first),
    last: verse === `${other_surah}:${other_ayah}` ? Number(last) : null,
    before: hit.before.join(' '),
    match: hit.match.join(' '),
    after: hit.after.join(' '),
  };
}

export function Lines({ lines, title }: { lines: readonly Line[]; title: string }) {
  // Up and down among the lines, as in a list.
  function keys(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, KeyJ: 1, KeyK: -1 }[event.code];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...(event.currentTarget as Element).querySelectorAll<HTMLAnchorElement>('td.match a')];
    const row = (event.target as Element).closest('tr');
    const at = links.findIndex((link) => link.closest('tr') === row);
    const next = links[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
  return (
    <table class="kwic" dir="rtl" onKeyDown={keys}>
      <caption class="hidden-text">{title}</caption>
      <thead class="hidden-text">
        <tr>
          <th scope="col">{t('verse')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('match')}</th>
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={`${line.place} ${index}`}>
            <th scope="row">
              <a href={`/${line.verse}`} class="ref">
                <bdi>{line.verse}</bdi>
              </a>
            </th>
            <td class="before quran" lang="ar">
              {line.before}
            </td>
            <td class={line.match.length > 60 ? 'match long quran' : 'match quran'} lang="ar">
              <a href={`/${line.place}`}>{line.match}</a>
            </td>
            <td class="after quran" lang="ar">
              {line.after}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
