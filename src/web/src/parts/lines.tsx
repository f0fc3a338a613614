// Lines of a concordance: before, match, after, in the order of the script.
import { Fragment } from 'preact';
import type { QueryHit, WordPart } from '../api/client';
import { t } from '../i18n';
import { glossShown } from '../text/gloss';
import { elementsJoin } from '../text/joins';

export interface MatchWord {
  readonly text: string;
  /** What the query calls it. */
  readonly label?: string | undefined;
  /** Which part of it is the hit, in code points; null for all of it. Missing where hits are whole words. */
  readonly part?: WordPart | null | undefined;
  /** Values of the columns that were asked for. */
  readonly below?: readonly string[];
}

/** A hit as a line of a concordance. */
export interface Line {
  /** SURAH:AYAH:WORD of the first word, or SURAH:AYAH. */
  readonly place: string;
  readonly verse: string;
  /** Where it begins and ends: surah, verse, word, and segment where it may be a part of a word. Shorter where no word is known. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly before: string;
  readonly match: readonly MatchWord[];
  readonly after: string;
}

const shownIn = (column: string, value: string): string => (column === 'gloss' ? glossShown(value) : value);

/** The line of a hit. `segmented` if it may begin or end within a word. */
export function lineOf(hit: QueryHit, columns: readonly string[] = [], segmented = false): Line {
  const [surah, ayah, first] = hit.start.split(':');
  const [other_surah, other_ayah, last] = hit.end.split(':');
  const verse = `${surah}:${ayah}`;
  // Words are numbered by verse: counted from the beginning in the first one, from the end in the last one.
  const indexOf = (place: string): number | undefined => {
    const [at_surah, at_ayah, n] = place.split(':');
    if (`${at_surah}:${at_ayah}` === verse) return Number(n) - Number(first);
    return at_surah === other_surah && at_ayah === other_ayah ? hit.match.length - 1 - (Number(last) - Number(n)) : undefined;
  };
  const labels = Object.entries(hit.captures).map(([name, { start, end }]) => ({ name, from: indexOf(start), to: indexOf(end) }));
  const labelAt = (index: number): string | undefined => labels.find(({ from, to }) => from !== undefined && to !== undefined && index >= from && index <= to)?.name;
  return {
    place: `${verse}:${first}`,
    verse,
    from: hit.start.split(':').slice(0, segmented ? 4 : 3).map(Number),
    to: hit.end.split(':').slice(0, segmented ? 4 : 3).map(Number),
    before: hit.before.join(' '),
    match: hit.match.map((text, index) => ({
      text,
      label: labelAt(index),
      part: hit.parts?.[index],
      ...(columns.length === 0 ? {} : { below: columns.map((column) => shownIn(column, hit.columns?.[column]?.match[index] ?? '\u2013')) }),
    })),
    after: hit.after.join(' '),
  };
}

/** A word of which only a part is in the hit, with it marked. Where letters come apart at elements, it is the whole word. */
function PartOfWord({ text, part }: { text: string; part: WordPart | null }) {
  const points = [...text];
  if (part === null || !elementsJoin.value || part.to - part.from >= points.length) return <span class="hit-segment">{text}</span>;
  const cut = (from: number, to?: number): string => points.slice(from, to).join('');
  return (
    <span>
      {cut(0, part.from)}
      <span class="hit-segment">{cut(part.from, part.to)}</span>
      {cut(part.to)}
    </span>
  );
}

/** A word of a hit, coloured by its label, with the columns below it. */
function Matched({ word, labels, segmented }: { word: MatchWord; labels: readonly string[]; segmented: boolean }) {
  const plain = segmented ? <PartOfWord text={word.text} part={word.part ?? null} /> : <>{word.text}</>;
  const text =
    word.label === undefined ? (
      plain
    ) : (
      <span class={`capture capture-${(labels.indexOf(word.label) % 4) + 1}`} data-label={word.label} title={word.label}>
        {plain}
      </span>
    );
  if (!word.below) return text;
  return (
    <span class="with-columns">
      <span>{text}</span>
      {word.below.map((value, index) => (
        <bdi key={index} class={/[\u0600-\u06ff]/.test(value) ? 'quran small' : 'below'}>
          {value}
        </bdi>
      ))}
    </span>
  );
}

interface Props {
  readonly lines: readonly Line[];
  readonly title: string;
  /** Of the query, in their order. */
  readonly labels?: readonly string[];
  /** Of a word, or of a verse. */
  readonly to?: (place: string) => string;
}

export function Lines({ lines, title, labels = [], to = (place) => `/${place}` }: Props) {
  // Up and down among the lines, as in a list.
  function keys(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
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
              <a href={to(line.verse)} class="ref">
                <bdi>{line.verse}</bdi>
              </a>
            </th>
            <td class="before quran" lang="ar">
              {line.before}
            </td>
            <td class={line.match.reduce((sum, word) => sum + word.text.length + 1, 0) > 60 ? 'match long quran' : 'match quran'} lang="ar">
              <a href={to(line.place)} class={line.match.some((word) => word.part) ? 'of-segments' : undefined}>
                {line.match.map((word, at) => (
                  <Fragment key={at}>
                    {at > 0 ? ' ' : ''}
                    <Matched word={word} labels={labels} segmented={line.match.some((one) => one.part)} />
                  </Fragment>
                ))}
              </a>
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
