// Everything that is known of a word, beside the text.
import { useEffect, useRef } from 'preact/hooks';
import { getLemma, getRoot, getTrees, getVerses, getWord, type Segment, type Word } from '../api/client';
import { useAnswer } from '../answers';
import { t } from '../i18n';
import { useAttributeNames, useValueNames, type Labelled } from '../labels';
import { Icon, Ref, When } from '../parts/basics';
import { shownNodes } from '../parts/nodes';
import { Segments } from '../parts/verse_text';
import { lemmaAddress, rootAddress, spaced } from '../text/arabic';
import { parameter } from '../router';
import { withCondition } from '../text/cards';
import { literally, quoted, searchAddress, sentenceAddress } from '../text/cql';
import { glossShown } from '../text/gloss';
import { splitWord } from '../text/split';
import { colourOf } from '../text/tags';

/** In the order of a grammarian. */
const features = ['form', 'aspect', 'voice', 'mood', 'derivation', 'person', 'gender', 'number', 'case', 'state', 'group'] as const;
const masaq = ['masaq_tag', 'masaq_type', 'masaq_declension', 'masaq_role', 'masaq_construct', 'masaq_case', 'masaq_marker', 'masaq_phrase', 'masaq_function', 'masaq_note'] as const;

export function WordPanel({ place, onClose }: { place: string; onClose: () => void }) {
  const answer = useAnswer(`word ${place}`, () => getWord(place), true);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [place]);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.code !== 'Escape' || event.defaultPrevented) return;
      onClose();
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-verse="${place.replace(/:\d+$/, '')}"] [data-word="${place.split(':')[2]}"]`)?.focus());
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [place, onClose]);
  return (
    <aside class="panel" aria-label={t('word')}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('word')} <Ref text={place} />
        </h2>
        <button type="button" class="plain" onClick={onClose} aria-label={t('close')}>
          <Icon name="close" />
        </button>
      </header>
      <When answer={answer}>{(found) => <About place={found.place} word={found.word} />}</When>
    </aside>
  );
}

function About({ place, word }: { place: string; word: Word }) {
  const segments = word.segments ?? [];
  const stem = segments.find((segment) => segment.type === 'stem') ?? segments[0];
  const written = word.word ?? '';
  return (
    <>
      <p class="word-large">
        <span class="quran" lang="ar" dir="rtl">
          <Segments word={word} />
        </span>
      </p>
      {word.transliteration || word.gloss ? (
        <p class="word-gloss">
          {word.transliteration ? (
            <bdi class="translit" lang="ar-Latn">
              {word.transliteration}
            </bdi>
          ) : null}
          {word.gloss ? (
            <bdi class="gloss" lang="en">
              {glossShown(word.gloss)}
            </bdi>
          ) : null}
        </p>
      ) : null}
      <dl class="facts">
        {word.stem_root ? <RootFact root={word.stem_root} /> : null}
        {word.stem_lemma ? <LemmaFact lemma={word.stem_lemma} /> : null}
        <Relation place={place} />
        <div>
          <dt>{t('same_word')}</dt>
          <dd>
            <a href={searchAddress(`[word=${literally(written)}]`)}>
              <span class="quran" lang="ar" dir="rtl">
                {written}
              </span>
            </a>
          </dd>
        </div>
      </dl>
      <h3>{t('segments')}</h3>
      <ol class="segments">
        {segments.map((segment, index) => (
          <li key={index}>
            <SegmentFacts segment={segment} text={shownAs(word, index)} stem={segment === stem} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** The part of the word that the segment is, else as the morphology spells it. */
function shownAs(word: Word, index: number): string | null {
  const segments = word.segments ?? [];
  const spelt = segments.map((segment) => segment.segment);
  if (spelt.some((one) => !one)) return segments.length === 1 ? (word.word ?? null) : (spelt[index] ?? null);
  const part = splitWord(word.word ?? '', spelt as string[])?.[index] ?? spelt[index]!;
  // A mark alone needs a letter to sit on.
  return /^[\u064b-\u065f\u0670]/.test(part) ? `\u0640${part}` : part;
}

function RootFact({ root }: { root: string }) {
  const answer = useAnswer(`root ${root} 0`, () => getRoot(root, { limit: 0 }));
  return (
    <div>
      <dt>{t('root')}</dt>
      <dd>
        <a href={rootAddress(root)} data-key="KeyR">
          <span class="quran" lang="ar" dir="rtl">
            {spaced(root)}
          </span>
        </a>
        <AddToQuery attribute="root" value={root} shown={root} />
        {answer.state === 'here' ? <span class="muted">{t('words', { n: answer.value.words })}</span> : null}
      </dd>
    </div>
  );
}

function LemmaFact({ lemma }: { lemma: string }) {
  const answer = useAnswer(`lemma ${lemma} 0`, () => getLemma(lemma, { limit: 0 }));
  return (
    <div>
      <dt>{t('lemma')}</dt>
      <dd>
        <a href={lemmaAddress(lemma)} data-key="KeyM">
          <span class="quran" lang="ar" dir="rtl">
            {lemma}
          </span>
        </a>
        <AddToQuery attribute="lemma" value={lemma} shown={lemma} />
        {answer.state === 'here' ? <span class="muted">{t('words', { n: answer.value.words })}</span> : null}
      </dd>
    </div>
  );
}

/** What the word's segments are in the treebank. */
function Relation({ place }: { place: string }) {
  const verse = place.replace(/:\d+$/, '');
  const answer = useAnswer(`trees ${verse}`, () => getTrees(verse));
  const words = useAnswer(`tree words ${verse}`, () => getVerses(verse, { layers: ['words', 'segments', 'gloss'] }).then((found) => found.verses));
  const label = useValueNames(['relation']);
  if (answer.state !== 'here' || words.state !== 'here') return null;
  const rows = answer.value.sentences.flatMap((sentence, index) => {
    const nodes = shownNodes(verse, sentence, words.value);
    return nodes
      .filter(({ node }) => node.place?.startsWith(`${place}:`) && node.relation && node.relation !== 'NonRel')
      .map((shown) => ({ ...shown, head: nodes.find((other) => other.node.id === shown.node.head), to: sentenceAddress(verse, index) }));
  });
  if (rows.length === 0) return null;
  return (
    <div>
      <dt>{t('relation')}</dt>
      <dd>
        {rows.map(({ node, text, head, to }) => (
          <a key={node.id} class="relation" data-key="KeyT" href={to}>
            <span class={`quran ${colourOf(node.pos)}`} lang="ar" dir="rtl">
              {text}
            </span>
            <bdi>{label('relation', node.relation ?? '')}</bdi>
            {head ? (
              <>
                <span class="muted">{t('of_head')}</span>
                <span class={`quran ${colourOf(head.node.pos)}`} lang="ar" dir="rtl">
                  {head.text}
                </span>
              </>
            ) : null}
          </a>
        ))}
      </dd>
    </div>
  );
}

function SegmentFacts({ segment, text, stem }: { segment: Segment; text: string | null; stem: boolean }) {
  const name = useAttributeNames();
  const label = useValueNames();
  const of = (attribute: string): string | undefined => segment[attribute as keyof Segment] as string | undefined;
  const rows = features.flatMap((attribute) => {
    const value = of(attribute);
    return value === undefined ? [] : [{ attribute, value, shown: label(attribute, value) }];
  });
  const masaq_rows = masaq.flatMap((attribute) => {
    const value = of(attribute);
    return value ? [{ attribute, value }] : [];
  });
  return (
    <section class="segment">
      <h4>
        {text ? (
          <span class={`quran ${colourOf(segment.pos)}`} lang="ar" dir="rtl">
            {text}
          </span>
        ) : null}
        {segment.pos ? (
          <a href={searchAddress(`[pos=${quoted(segment.pos)}]`)} class={colourOf(segment.pos)}>
            {label('pos', segment.pos) === segment.pos ? null : `${label('pos', segment.pos)} `}
            <code>{segment.pos}</code>
          </a>
        ) : null}
        {segment.type && !stem ? <span class="muted">{label('type', segment.type)}</span> : null}
      </h4>
      {rows.length > 0 ? (
        <dl class="grid">
          {rows.map(({ attribute, value, shown }) => (
            <Row key={attribute} attribute={attribute} value={value} shown={shown} name={name(attribute)} />
          ))}
        </dl>
      ) : null}
      {masaq_rows.length > 0 ? (
        <details>
          <summary>{t('masaq')}</summary>
          <dl class="grid">
            {masaq_rows.map(({ attribute, value }) => (
              <div key={attribute}>
                <dt>{name(attribute)}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </section>
  );
}

function Row({ attribute, value, shown, name }: { attribute: Labelled; value: string; shown: string; name: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <a href={searchAddress(`[${attribute}=${quoted(value)}]`)}>{shown}</a>
        <AddToQuery attribute={attribute} value={value} shown={shown} />
      </dd>
    </div>
  );
}

/** Adds what the word is to the query whose hits are marked, or begins one. */
function AddToQuery({ attribute, value, shown }: { attribute: string; value: string; shown: string }) {
  const asked = parameter('q') ?? '';
  return (
    <a class="add" href={`${searchAddress(withCondition(asked, attribute, value))}&build=yes`} title={t('add_to_query')} aria-label={`${t('add_to_query')}: ${shown}`}>
      +
    </a>
  );
}
