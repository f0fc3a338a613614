// The text of a verse as words that can be opened. Together the pieces are the text as it is stored, with whatever
// stands between words.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Verse, Word } from '../api/client';
import type { HitWords } from '../hits';
import { glossShown } from '../text/gloss';
import { elementsJoin, highlight } from '../text/joins';
import { splitWord } from '../text/split';
import { colourOf, familyOf } from '../text/tags';

export interface Layers {
  readonly colours: boolean;
  readonly gloss: boolean;
  readonly transliteration: boolean;
  readonly lemma: boolean;
  readonly root: boolean;
  readonly tags: boolean;
}

interface Props {
  readonly verse: Verse;
  readonly layers: Layers;
  readonly linkTo?: (word: number) => string;
  readonly current?: number | null;
  readonly hits?: HitWords | undefined;
}

const marks = /^[\u0610-\u061a\u064b-\u065f\u0670]/;

/** The pieces of the text: words with their numbers, and what is between them. */
export function pieces(text: string, words: readonly Word[]): readonly { text: string; word: Word | null }[] {
  const list: { text: string; word: Word | null }[] = [];
  let at = 0;
  for (const word of words) {
    const written = word.word;
    if (!written) continue;
    const found = text.indexOf(written, at);
    if (found < 0) continue;
    if (found > at) list.push({ text: text.slice(at, found), word: null });
    list.push({ text: written, word });
    at = found + written.length;
  }
  if (at < text.length) list.push({ text: text.slice(at), word: null });
  return list;
}

/** The parts of a written word that its segments are; null where they are not known. */
function partsOf(word: Word): readonly string[] | null {
  const segments = word.segments ?? [];
  return segments.length > 0 && segments.every((segment) => segment.segment) ? splitWord(word.word ?? '', segments.map((segment) => segment.segment!)) : null;
}

/** The segments of a hit that are only a part of the word, and can be shown as that. */
function partialHit(word: Word, hit: ReadonlySet<number> | null | undefined): ReadonlySet<number> | null {
  const segments = word.segments ?? [];
  return hit && elementsJoin.value && partsOf(word) && segments.some((segment) => !hit.has(segment.n)) ? hit : null;
}

/** A word by its segments: in colours, or with those of a hit marked. */
export function Segments({ word, colours = true, hit = null }: { word: Word; colours?: boolean; hit?: ReadonlySet<number> | null }) {
  const segments = word.segments ?? [];
  const written = word.word ?? '';
  const parts = partsOf(word);
  if (!parts) return <span class={colourOf(word.stem_pos)}>{written}</span>;
  if (!elementsJoin.value) return <span data-parts={parts.map((part, index) => `${part.length}:${familyOf(segments[index]!.pos)}`).join(' ')}>{written}</span>;
  return (
    <>
      {parts.map((part, index) => (
        <span key={index} class={[colours ? colourOf(segments[index]!.pos) : '', hit?.has(segments[index]!.n) ? 'hit-segment' : ''].filter(Boolean).join(' ') || undefined}>
          {part}
        </span>
      ))}
    </>
  );
}

function Under({ word, layers }: { word: Word; layers: Layers }) {
  return (
    <>
      {layers.transliteration ? (
        <span class="translit" lang="ar-Latn" dir="ltr">
          {word.transliteration ?? '\u00a0'}
        </span>
      ) : null}
      {layers.lemma ? (
        <span class="quran small" lang="ar" dir="rtl">
          {word.stem_lemma ?? '\u00a0'}
        </span>
      ) : null}
      {layers.root ? (
        <span class="quran small" lang="ar" dir="rtl">
          {word.stem_root ? [...word.stem_root].join(' ') : '\u00a0'}
        </span>
      ) : null}
      {layers.tags ? (
        <span class="tags" dir="rtl">
          {(word.segments ?? []).map((segment, index) => (
            <span key={index} class={colourOf(segment.pos)} dir="ltr">
              {segment.pos}
            </span>
          ))}
        </span>
      ) : null}
      {/* Last, because it may take several lines. */}
      {layers.gloss ? (
        <span class="gloss" lang="en" dir="ltr">
          {word.gloss ? glossShown(word.gloss) : '\u00a0'}
        </span>
      ) : null}
    </>
  );
}

export function VerseText({ verse, layers, linkTo, current = null, hits }: Props) {
  const box = useRef<HTMLParagraphElement>(null);
  const words = verse.words ?? [];
  const stacked = words.length > 0 && (layers.gloss || layers.transliteration || layers.lemma || layers.root || layers.tags);
  useLayoutEffect(() => (layers.colours && box.current ? highlight(box.current) : undefined), [words, layers.colours, elementsJoin.value]);

  function keys(event: KeyboardEvent) {
    const links = [...(box.current?.querySelectorAll<HTMLAnchorElement>('a.w') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (at < 0) return;
    const to = { ArrowLeft: at + 1, ArrowRight: at - 1, Home: 0, End: links.length - 1 }[event.code];
    const link = to === undefined ? undefined : links[to];
    if (!link) return;
    event.preventDefault();
    links[at]!.tabIndex = -1;
    link.tabIndex = 0;
    link.focus();
  }

  const list = pieces(verse.text, words);
  const first = list.find((piece) => piece.word)?.word?.n;
  return (
    <p ref={box} class={stacked ? 'quran verse-text stacked' : 'quran verse-text'} lang="ar" dir="rtl" onKeyDown={keys}>
      {list.map((piece, index) => {
        const { word } = piece;
        if (!word) {
          // The basmala before a surah is no word of its first verse.
          if (index === 0 && piece.text.length > 8 && words.length > 0 && !marks.test(piece.text)) {
            return (
              <span key="basmala" class="basmala">
                <span class="text">{piece.text}</span>
              </span>
            );
          }
          return <span key={`between-${index}`} class="text">{piece.text}</span>;
        }
        const hit = partialHit(word, hits?.get(word.n));
        const classes = ['w', current === word.n ? 'current' : '', hits?.has(word.n) && !hit ? 'hit' : ''].filter(Boolean).join(' ');
        const shown = <span class="text">{word.segments && (layers.colours || hit) ? <Segments word={word} colours={layers.colours} hit={hit} /> : piece.text}</span>;
        const tab = word.n === (current ?? first) ? 0 : -1;
        return linkTo ? (
          <a key={word.n} class={classes} href={linkTo(word.n)} data-keep="" data-word={word.n} tabIndex={tab} aria-current={current === word.n ? 'true' : undefined}>
            {shown}
            {stacked ? <Under word={word} layers={layers} /> : null}
          </a>
        ) : (
          <span key={word.n} class={classes}>
            {shown}
            {stacked ? <Under word={word} layers={layers} /> : null}
          </span>
        );
      })}
    </p>
  );
}
