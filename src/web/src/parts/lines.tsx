// Lines of a concordance: before, match, after, in the order of the script.
import { Fragment } from 'preact';
import { getWord, type QueryHit } from '../api/client';
import { useAnswer } from '../answers';
import { t } from '../i18n';
import { elementsJoin } from '../text/joins';
import { splitWord } from '../text/split';

export interface MatchWord {
  readonly text: string;
  /** What the query calls it. */
  readonly label?: string | undefined;
  /** SURAH:AYAH:WORD, and the segments of it that are in the hit, where they may be fewer than the word has. */
  readonly part?: { readonly place: string; readonly from: number; readonly to: number } | undefined;
  /** Values of the columns that were asked for. */
  readonly below?: readonly string[];
}

/** A hit as a line of a concordance. */
export interface Line {
  /** SURAH:AYAH:WORD of the first word, or SURAH:AYAH. */
  readonly place: string;
  readonly verse: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly before: string;
  readonly match: readonly MatchWord[];
  readonly after: string;
}

/** The line of a hit. `segmented` if it may begin or end within a word. */
export function lineOf(hit: QueryHit, columns: readonly string[] = [], segmented = false): Line {
  const [surah, ayah, first, from] = hit.start.split(':');
  const [other_surah, other_ayah, last, to] = hit.end.split(':');
  const verse = `${surah}:${ayah}`;
  const partAt = (index: number): MatchWord['part'] => {
    const ends = [index === 0, index === hit.match.length - 1] as const;
    if (!segmented || !from || !to || (!ends[0] && !ends[1])) return undefined;
    return { place: ends[0] ? `${verse}:${first}` : `${other_surah}:${other_ayah}:${last}`, from: ends[0] ? Number(from) : 1, to: ends[1] ? Number(to) : Infinity };
  };
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
    first: Number(first),
    last: verse === `${other_surah}:${other_ayah}` ? Number(last) : null,
    before: hit.before.join(' '),
    match: hit.match.map((text, index) => ({
      text,
      label: labelAt(index),
      part: partAt(index),
      ...(columns.length === 0 ? {} : { below: columns.map((column) => hit.columns?.[column]?.match[index] ?? '\u2013') }),
    })),
    after: hit.after.join(' '),
  };
}

/** A word of which only some segments are in the hit, with these marked. */
function PartOfWord({ text, part }: { text: string; part: NonNullable<MatchWord['part']> }) {
  const answer = useAnswer(`word ${part.place}`, () => getWord(part.place));
  const segments = answer.state === 'here' ? (answer.value.word.segments ?? []) : [];
  const within = (n: number): boolean => n >= part.from && n <= part.to;
  if (segments.every((segment) => within(segment.n))) return <>{text}</>;
  const pieces = elementsJoin.value && segments.every((segment) => segment.segment) ? splitWord(text, segments.map((segment) => segment.segment!)) : null;
  const numbers = segments.filter((segment) => within(segment.n)).map((segment) => segment.n);
  // Where the cut is not known, its number says which segment it is.
  if (!pieces) return <span class="capture" data-label={numbers.join('+')} title={`${t('segment')} ${numbers.join(', ')}`}>{text}</span>;
  return (
    <span title={`${t('segment')} ${numbers.join(', ')}`}>
      {pieces.map((piece, index) => (
        <span key={index} class={within(index + 1) ? 'hit-segment' : undefined}>
          {piece}
        </span>
      ))}
    </span>
  );
}

/** A word of a hit, coloured by its label, with the columns below it. */
function Matched({ word, labels }: { word: MatchWord; labels: readonly string[] }) {
  const plain = word.part ? <PartOfWord text={word.text} part={word.part} /> : <>{word.text}</>;
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
              <a href={to(line.verse)} class="ref">
                <bdi>{line.verse}</bdi>
              </a>
            </th>
            <td class="before quran" lang="ar">
              {line.before}
            </td>
            <td class={line.match.reduce((sum, word) => sum + word.text.length + 1, 0) > 60 ? 'match long quran' : 'match quran'} lang="ar">
              <a href={to(line.place)}>
                {line.match.map((word, at) => (
                  <Fragment key={at}>
                    {at > 0 ? ' ' : ''}
                    <Matched word={word} labels={labels} />
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
