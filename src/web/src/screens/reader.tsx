// The text, with what is known of each word in layers. A verse is shown within its surah.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getCorpus, getVerses, type Verse, type Verses } from '../api/client';
import { useAnswer } from '../answers';
import { comparePlaces, useSurahHits, type HitWords, type SurahHits } from '../hits';
import { named, number, t } from '../i18n';
import { useSurahs, useValueNames } from '../labels';
import { Icon, Ref, When } from '../parts/basics';
import type { Note } from '../api/notes';
import { useHasTranslations, useSurahNotes } from '../notes';
import { CopyMenu } from '../parts/copy_menu';
import { Folded } from '../parts/folded';
import { CopyLink } from '../parts/permalink';
import { VerseText, type Layers } from '../parts/verse_text';
import { go, parameter, withParameters } from '../router';
import { language, readerLayers, textSize } from '../settings';
import { arabicDigits } from '../text/arabic';
import { isQuery, searchAddress } from '../text/cql';
import { familyOf } from '../text/tags';
import { VerseNotes } from './notes';
import { WordPanel } from './word';

export const layer_names = ['colours', 'transliteration', 'gloss', 'lemma', 'root', 'tags', 'translations', 'notes'] as const;
export type LayerName = (typeof layer_names)[number];

/** As many verses get their words with one request. */
const block_size = 20;

type ServerLayer = 'words' | 'segments' | 'gloss' | 'transliteration' | 'translations';
function serverLayers(on: ReadonlySet<string>, segmented: boolean): ServerLayer[] {
  const layers: ServerLayer[] = ['words'];
  if (on.has('colours') || on.has('tags') || segmented) layers.push('segments');
  if (on.has('gloss')) layers.push('gloss');
  if (on.has('transliteration')) layers.push('transliteration');
  if (on.has('translations')) layers.push('translations');
  return layers;
}

/** The layers that the address names, else those that were chosen last. */
function layersOn(): ReadonlySet<string> {
  const named_here = parameter('layers');
  return new Set(named_here === null ? readerLayers.value : named_here.split(','));
}

/** The address with the layers in it: who opens it elsewhere has chosen others there. */
const withLayers = (on: ReadonlySet<string>): string => withParameters({ layers: layer_names.filter((name) => on.has(name)).join(',') || 'none' });

function setLayers(on: ReadonlySet<string>) {
  readerLayers.value = layer_names.filter((name) => on.has(name));
  go(withLayers(on), { replace: true });
}

export function Reader({ range, word }: { range: string; word: number | null }) {
  const surah = /^(\d+)(?::(\d+))?$/.exec(range);
  const number_of_surah = surah ? Number(surah[1]) : null;
  const ayah = surah?.[2] ? Number(surah[2]) : null;
  // One answer for a whole surah, whichever of its verses is meant.
  const wanted = number_of_surah === null ? range : String(number_of_surah);
  const answer = useAnswer(`verses ${wanted}`, () => getVerses(wanted));
  const on = layersOn();
  const place = word === null || ayah === null ? null : `${number_of_surah}:${ayah}:${word}`;
  const close = () => go(withParameters({}, `/${range}`), { keep: true });
  const asked = parameter('q');
  const hits = useSurahHits(asked, number_of_surah);
  const notes = useSurahNotes(on.has('notes') ? number_of_surah : null);

  return (
    <div class={place ? 'reader with-panel' : 'reader'}>
      <div class="reader-main">
        <Head surah={number_of_surah} ayah={ayah} range={range} on={on} />
        <LayerBar on={on} />
        {asked !== null && hits ? <HitBar q={asked} hits={hits} here={`${number_of_surah}:${ayah ?? 0}`} /> : null}
        <When answer={answer}>
          {(verses) => (
            <>
              {ayah !== null && !verses.verses.some((verse) => verse.ayah === ayah) ? (
                <p class="notice" role="alert">
                  {t('no_such_verse', { verse: `\u2066${range}\u2069` })}
                </p>
              ) : null}
              <Text verses={verses} on={on} ayah={ayah} word={word} hits={hits} notes={notes} />
            </>
          )}
        </When>
        {number_of_surah === null ? <AroundPart range={range} /> : <Around surah={number_of_surah} />}
      </div>
      {place ? <WordPanel key="panel" place={place} onClose={close} /> : null}
    </div>
  );
}

function Head({ surah, ayah, range, on }: { surah: number | null; ayah: number | null; range: string; on: ReadonlySet<string> }) {
  const surahs = useSurahs();
  const about = surah === null ? undefined : surahs[surah - 1];
  useEffect(() => {
    const name = about ? `${named({ english: about.latin, arabic: about.name })} ` : '';
    document.title = `${name}${range} · Kalima`;
  }, [about, range]);
  return (
    <header class="reader-head">
      <h1>
        {about ? (
          <>
            <span class="quran surah-name" lang="ar" dir="rtl">
              {about.name}
            </span>
            {language.value === 'ar' ? null : (
              <span class="surah-latin" lang="ar-Latn">
                <bdi>{about.latin}</bdi>
              </span>
            )}
          </>
        ) : (
          <RangeName range={range} />
        )}
      </h1>
      {about ? (
        <p class="muted">
          {language.value === 'ar' ? null : `${about.english} · `}
          {t('verses', { n: about.verses })} · {t(about.place === 'Meccan' ? 'meccan' : 'medinan')} ·{' '}
          {t('revealed_as', { n: about.order })}
        </p>
      ) : null}
      <div class="row">
        <label>
          <span class="hidden-text">{t('surah')}</span>
          <select value={about ? surah! : ''} onChange={(event) => go(withParameters({}, `/${event.currentTarget.value}`))}>
            {about ? null : <option value="">{t('surah')}</option>}
            {surahs.map((one) => (
              <option key={one.surah} value={one.surah} disabled={one.present === 0}>
                {`${one.surah}. ${named({ english: one.latin, arabic: one.name })}`}
              </option>
            ))}
          </select>
        </label>
        {about ? (
          <label>
            <span class="hidden-text">{t('verse')}</span>
            <select value={ayah ?? ''} onChange={(event) => go(withParameters({}, `/${surah}${event.currentTarget.value ? `:${event.currentTarget.value}` : ''}`))}>
              <option value="">{t('whole_surah')}</option>
              {ayah !== null && ayah > about.verses ? <option value={ayah}>{range}</option> : null}
              {Array.from({ length: about.verses }, (_, index) => (
                <option key={index} value={index + 1}>{`${surah}:${index + 1}`}</option>
              ))}
            </select>
          </label>
        ) : null}
        <span class="steps" role="group" aria-label={t('text_size')}>
          <button type="button" onClick={() => (textSize.value = Math.max(-2, textSize.value - 1))} aria-label={t('smaller')} disabled={textSize.value <= -2}>
            <span class="letter-small" aria-hidden="true">{t('size_letter')}</span>
          </button>
          <button type="button" onClick={() => (textSize.value = Math.min(4, textSize.value + 1))} aria-label={t('larger')} disabled={textSize.value >= 4}>
            <span class="letter-large" aria-hidden="true">{t('size_letter')}</span>
          </button>
        </span>
        <CopyLink path={() => withLayers(on)} />
      </div>
    </header>
  );
}

/** Parts of the Quran, and how many there are of each. */
const part_counts = { juz: 30, hizb: 60, quarter: 240, manzil: 7, ruku: 556, page: 604 } as const;
type Part = keyof typeof part_counts;
const partOf = (range: string): { readonly part: Part; readonly n: number } | null => {
  const [name = '', n] = range.split(':');
  return Object.hasOwn(part_counts, name) ? { part: name as Part, n: Number(n) } : null;
};

/** What a range is called: "juz 30", "al-Baqara 2:255-257". */
function RangeName({ range }: { range: string }) {
  const surahs = useSurahs();
  const part = partOf(range);
  if (part) return <>{t(`part_${part.part}`, { number: part.n })}</>;
  const about = /^(\d+):\d+-\d+$/.test(range) ? surahs[Number.parseInt(range, 10) - 1] : undefined;
  return (
    <>
      {about ? `${named({ english: about.latin, arabic: about.name })} ` : null}
      <Ref text={range} />
    </>
  );
}

function LayerBar({ on }: { on: ReadonlySet<string> }) {
  const running = parameter('view') === 'running';
  const corpus = useAnswer('corpus', () => getCorpus());
  const translated = useHasTranslations();
  const missing = (name: LayerName): boolean => (name === 'translations' ? !translated : corpus.state === 'here' && corpus.value.missing.attributes.includes(name));
  return (
    <Folded title={t('layers')}>
      <fieldset class="layers">
        <legend class="hidden-text">{t('layers')}</legend>
        {layer_names.map((name) => (
          <label key={name} class="pill" title={missing(name) ? t('no_layer') : undefined}>
            <input
              type="checkbox"
              disabled={missing(name)}
              checked={on.has(name) && !missing(name)}
              onChange={(event) => {
                const next = new Set(on);
                if (event.currentTarget.checked) next.add(name);
                else next.delete(name);
                setLayers(next);
              }}
            />
            <span>{t(`layer_${name}`)}</span>
          </label>
        ))}
        <label class="pill">
          <input type="checkbox" checked={running} onChange={(event) => go(withParameters({ view: event.currentTarget.checked ? 'running' : undefined }), { replace: true })} />
          <span>{t('running')}</span>
        </label>
      </fieldset>
    </Folded>
  );
}

/** From one verse with a hit to the next. */
function HitBar({ q, hits, here }: { q: string; hits: SurahHits; here: string }) {
  const verses = [...new Set(hits.places.map((place) => place.replace(/:\d+$/, '')))];
  const before = verses.findLast((verse) => comparePlaces(verse, here) < 0);
  const after = verses.find((verse) => comparePlaces(verse, here) > 0);
  return (
    <nav class="hit-bar" aria-label={t('hits_here')}>
      <span>
        <a href={searchAddress(q)}>{isQuery(q) ? <code dir="ltr">{q}</code> : <bdi class="quran">{q}</bdi>}</a> {t('hits', { n: hits.count })}
      </span>
      {before ? (
        <a href={withParameters({}, `/${before}`)} data-keep="" rel="prev">
          <Icon name="previous" /> <bdi>{before}</bdi>
        </a>
      ) : null}
      {after ? (
        <a href={withParameters({}, `/${after}`)} data-keep="" rel="next">
          <bdi>{after}</bdi> <Icon name="next" />
        </a>
      ) : null}
      <a href={withParameters({ q: undefined })} data-keep="" aria-label={t('without_hits')} title={t('without_hits')}>
        <Icon name="close" />
      </a>
    </nav>
  );
}

/** By how many pixels a word would have to be scrolled to be seen between the head of the page and what is known of it, where that covers the text. */
function hiddenBy(word: Element): number {
  const { top, bottom } = word.getBoundingClientRect();
  const ceiling = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
  const panel = document.querySelector('.panel');
  const floor = panel && getComputedStyle(panel).position === 'fixed' ? panel.getBoundingClientRect().top : window.innerHeight;
  const gap = 24;
  return top >= ceiling && bottom <= floor ? 0 : top - ceiling - gap;
}

interface TextProps {
  readonly verses: Verses;
  readonly on: ReadonlySet<string>;
  readonly ayah: number | null;
  readonly word: number | null;
  readonly hits: SurahHits | null;
  /** By verse; null where they are not shown. */
  readonly notes: ReadonlyMap<string, readonly Note[]> | null;
}

function Text({ verses, on, ayah, word, hits, notes }: TextProps) {
  const list = verses.verses;
  const running = parameter('view') === 'running';
  const blocks: Verse[][] = [];
  for (let at = 0; at < list.length; at += block_size) blocks.push(list.slice(at, at + block_size));
  const box = useRef<HTMLDivElement>(null);
  const target = ayah === null ? null : (list.find((verse) => verse.ayah === ayah)?.verse ?? null);

  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    // Where a word is closed, one reads on.
    const closed = word === null && shown.current === target;
    shown.current = target;
    if (target === null || closed) return undefined;
    const show = () => {
      const element = box.current?.querySelector(`[data-verse="${target}"]`);
      const current = word === null ? null : element?.querySelector('.w.current');
      if (current && hiddenBy(current) === 0) return;
      const { top = 0, bottom = 0 } = element?.getBoundingClientRect() ?? {};
      if (top < 0 || bottom > window.innerHeight || top > window.innerHeight * 0.7) element?.scrollIntoView({ block: 'start' });
      if (current) window.scrollBy(0, hiddenBy(current));
    };
    show();
    // Blocks above may still grow while their words come.
    const timers = [60, 300, 900].map((delay) => setTimeout(show, delay));
    const stop = () => timers.forEach(clearTimeout);
    for (const event of ['wheel', 'touchstart', 'keydown', 'pointerdown']) window.addEventListener(event, stop, { once: true, passive: true });
    return stop;
  }, [target, word]);

  return (
    <div ref={box} class={running ? 'verses running' : 'verses'} data-size={textSize.value}>
      {blocks.map((block) => (
        <Block key={block[0]!.verse} verses={block} on={on} ayah={ayah} word={word} hits={hits} notes={notes} eager={target === null ? block === blocks[0] : block.some((verse) => verse.verse === target)} />
      ))}
      {on.has('colours') ? <Legend verses={list} /> : null}
    </div>
  );
}

interface BlockProps {
  readonly verses: readonly Verse[];
  readonly on: ReadonlySet<string>;
  readonly ayah: number | null;
  readonly word: number | null;
  readonly hits: SurahHits | null;
  readonly notes: ReadonlyMap<string, readonly Note[]> | null;
  readonly eager: boolean;
}

/** Verses that get their words when they come into sight. */
function Block({ verses, on, ayah, word, hits, notes, eager }: BlockProps) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, see] = useState(eager);
  const first = verses[0]!.verse;
  const range = verses.length === 1 ? first : `${first}-${verses.at(-1)!.surah === verses[0]!.surah ? verses.at(-1)!.ayah : verses.at(-1)!.verse}`;
  const wanted = serverLayers(on, hits?.segmented ?? false);
  const answer = useAnswer(seen ? `words ${range} ${wanted.join()}` : null, () => getVerses(range, { layers: wanted }), true);
  useEffect(() => {
    if (seen || !box.current) return undefined;
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && see(true), { rootMargin: '600px' });
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, [seen]);
  useEffect(() => {
    if (eager) see(true);
  }, [eager]);

  const shown = answer.state === 'here' && answer.value.verses.length === verses.length && answer.value.verses[0]!.verse === first ? answer.value.verses : verses;
  const layers: Layers = {
    colours: on.has('colours'),
    // Of no use where no word of the block has one.
    gloss: on.has('gloss') && shown.some((verse) => verse.words?.some((one) => one.gloss)),
    transliteration: on.has('transliteration') && shown.some((verse) => verse.words?.some((one) => one.transliteration)),
    lemma: on.has('lemma'),
    root: on.has('root'),
    tags: on.has('tags'),
  };
  return (
    <div ref={box} class="block">
      {shown.map((verse) => (
        <VerseView key={verse.verse} verse={verse} layers={layers} translations={on.has('translations')} current={verse.ayah === ayah} word={verse.ayah === ayah ? word : null} hits={hits?.words.get(verse.verse)} notes={notes === null ? null : (notes.get(verse.verse) ?? [])} />
      ))}
    </div>
  );
}

interface VerseProps {
  readonly verse: Verse;
  readonly layers: Layers;
  readonly translations: boolean;
  readonly current: boolean;
  readonly word: number | null;
  readonly hits: HitWords | undefined;
  readonly notes: readonly Note[] | null;
}

function VerseView({ verse, layers, translations, current, word, hits, notes }: VerseProps) {
  const texts = translations ? ((verse.translations ?? []) as readonly { language?: string; text?: string; author?: string }[]) : [];
  return (
    <article class={current ? 'verse current' : 'verse'} data-verse={verse.verse} aria-label={verse.verse}>
      <VerseText verse={verse} layers={layers} current={word} hits={hits} linkTo={(n) => withParameters({}, `/${verse.verse}:${n}`)} />
      <span class="verse-end quran" aria-hidden="true" lang="ar" dir="rtl">
        {`\u06dd${arabicDigits(verse.ayah)}`}
      </span>
      {texts.map((one, index) => (
        <p key={index} class="translation" lang={one.language} dir="auto">
          {one.text}
        </p>
      ))}
      <div class="verse-tools">
        <a class="ref" href={withParameters({}, `/${verse.verse}`)} data-keep="">
          <bdi>{verse.verse}</bdi>
        </a>
        <a href={`/tree/${verse.verse}`} data-key="KeyT" title={t('tree')} aria-label={`${t('tree')} ${verse.verse}`}>
          <Icon name="tree" />
        </a>
        <CopyMenu verse={verse} />
      </div>
      {notes === null ? null : <VerseNotes verse={verse.verse} notes={notes} query={parameter('q') ?? undefined} />}
    </article>
  );
}

/** Which colour is which part of speech, of the commonest that the corpus has. */
function Legend({ verses }: { verses: readonly Verse[] }) {
  const label = useValueNames(['pos']);
  const first = verses[0];
  const shown = ['N', 'PN', 'ADJ', 'V', 'PRON', 'P', 'CONJ', 'DET', 'NEG', 'REL', 'DEM'].filter((tag) => label('pos', tag) !== tag);
  return first ? (
    <ul class="legend" aria-label={t('colours_mean')}>
      {shown.map((tag) => (
        <li key={tag} class={`pos-${familyOf(tag)}`}>
          {label('pos', tag)}
        </li>
      ))}
    </ul>
  ) : null;
}

/** From a part of the Quran to the ones before and after it, from some verses to their surah. */
function AroundPart({ range }: { range: string }) {
  const corpus = useAnswer('corpus', () => getCorpus());
  const at = partOf(range);
  if (at === null) {
    const surah = /^(\d+):\d+-\d+$/.exec(range)?.[1];
    return surah === undefined ? null : (
      <p class="around">
        <a href={withParameters({}, `/${surah}`)}>{t('whole_surah')}</a>
      </p>
    );
  }
  // Of some surahs alone, parts may be missing.
  if (corpus.state !== 'here' || corpus.value.missing.verses > 0) return null;
  const { part, n } = at;
  const to = (number: number) => withParameters({}, `/${part}:${number}`);
  // After the last one there is nothing, however far.
  const before = Math.min(n - 1, part_counts[part]);
  return (
    <nav class="around" aria-label={t(`part_${part}`, { number: n })}>
      {before >= 1 ? (
        <a href={to(before)} rel="prev">
          <Icon name="previous" /> {t(`part_${part}`, { number: before })}
        </a>
      ) : (
        <span />
      )}
      {n < part_counts[part] ? (
        <a href={to(n + 1)} rel="next">
          {t(`part_${part}`, { number: n + 1 })} <Icon name="next" />
        </a>
      ) : null}
    </nav>
  );
}

function Around({ surah }: { surah: number }) {
  const surahs = useSurahs();
  const before = surahs.slice(0, surah - 1).findLast((one) => one.present > 0);
  const after = surahs.slice(surah).find((one) => one.present > 0);
  return (
    <nav class="around" aria-label={t('surahs')}>
      {before ? (
        <a href={withParameters({}, `/${before.surah}`)} rel="prev">
          <Icon name="previous" /> {number(before.surah)}. {named({ english: before.latin, arabic: before.name })}
        </a>
      ) : (
        <span />
      )}
      {after ? (
        <a href={withParameters({}, `/${after.surah}`)} rel="next">
          {number(after.surah)}. {named({ english: after.latin, arabic: after.name })} <Icon name="next" />
        </a>
      ) : null}
    </nav>
  );
}

