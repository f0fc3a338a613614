// The syntax of a verse: its sentences as trees, drawn from right to left, and as rows.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getTrees, getVerses, type Node, type Phrase, type Sentence, type Verse } from '../api/client';
import { useAnswer } from '../answers';
import { number, t } from '../i18n';
import { useSurahs, useValueNames } from '../labels';
import { Icon, Ref, When } from '../parts/basics';
import { shownNodes, type Shown } from '../parts/nodes';
import { CopyLink } from '../parts/permalink';
import { go, parameter, withParameters } from '../router';
import { language } from '../settings';
import { hasArabic } from '../text/arabic';
import { edgeName, searchAddress } from '../text/cql';
import { placeArcs, type PlacedArc } from '../text/layout';
import { colourOf, familyOf } from '../text/tags';
import { TreeFiles } from './tree_files';
import { TreeVerse } from './tree_verse';

/** A drawing wider than this many pixels a node does not fit. */
const node_width = 84;
const arc_step = 30;
const label_gap = 10;
const phrase_step = 20;

export function Tree({ verse }: { verse: string }) {
  const answer = useAnswer(`trees ${verse}`, () => getTrees(verse));
  useEffect(() => {
    document.title = `${t('tree')} ${verse} · Kalima`;
  }, [verse]);
  return (
    <div class="tree-page">
      <header>
        <h1>
          {t('tree')} <Ref text={verse} />
        </h1>
        <p>
          <a href={`/${verse}`} data-key="KeyV">{t('read_verse')}</a>
        </p>
      </header>
      <When answer={answer}>
        {({ sentences }) =>
          sentences.length === 0 ? <p class="empty">{t('no_tree')}</p> : <Sentences verse={verse} sentences={sentences} />
        }
      </When>
      {answer.state === 'here' ? <Around verse={verse} /> : null}
    </div>
  );
}

/** The trees of the verses before and after. */
function Around({ verse }: { verse: string }) {
  const surahs = useSurahs();
  const [surah, ayah] = verse.split(':').map(Number) as [number, number];
  const last = surahs[surah - 1]?.verses ?? 0;
  const to = (n: number, rel: 'prev' | 'next') =>
    n < 1 || n > last ? (
      <span />
    ) : (
      <a href={withParameters({ sentence: undefined }, `/tree/${surah}:${n}`)} rel={rel}>
        {rel === 'prev' ? <Icon name="previous" /> : null} <bdi>{`${surah}:${n}`}</bdi> {rel === 'next' ? <Icon name="next" /> : null}
      </a>
    );
  return (
    <nav class="around" aria-label={t('verse')}>
      {to(ayah - 1, 'prev')}
      {to(ayah + 1, 'next')}
    </nav>
  );
}

function Sentences({ verse, sentences }: { verse: string; sentences: readonly Sentence[] }) {
  const at = Math.min(Math.max(1, Number(parameter('sentence')) || 1), sentences.length);
  const sentence = sentences[at - 1]!;
  // Forms and glosses come with the words of its verses.
  const words = useAnswer(`tree words ${sentence.verses.join()}`, () =>
    Promise.all(sentence.verses.map((one) => getVerses(one, { layers: ['words', 'segments', 'gloss'] }).then((found) => found.verses[0]!))),
  );
  const here = words.state === 'here' ? words.value.find((one) => one.verse === verse) : undefined;
  return (
    <>
      {sentences.length > 1 ? (
        <nav class="tabs-line" aria-label={t('sentences')}>
          <span class="muted">{t('sentences')}</span>
          {sentences.map((one, index) => (
            <a key={one.sentence} href={withParameters({ sentence: index === 0 ? undefined : String(index + 1) })} aria-current={index + 1 === at ? 'page' : undefined} aria-label={t('sentence_number', { n: index + 1 })}>
              {number(index + 1)}
            </a>
          ))}
        </nav>
      ) : null}
      {sentences.length > 1 && here ? <TreeVerse verse={here} sentences={sentences} at={at - 1} /> : null}
      {sentence.verses.length > 1 ? <p class="muted">{t('over_verses', { verses: `\u2066${sentence.verses[0]}\u2069–\u2066${sentence.verses.at(-1)}\u2069` })}</p> : null}
      <Drawing key={sentence.sentence} verse={verse} sentence={sentence} words={words.state === 'here' ? words.value : []} />
    </>
  );
}

function Drawing({ verse, sentence, words }: { verse: string; sentence: Sentence; words: readonly Verse[] }) {
  const label = useValueNames(['relation', 'pos', 'phrase_kind']);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [chosen, choose] = useState<number | null>(null);
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(() => setWidth(box.current?.clientWidth ?? 0));
    watcher.observe(box.current!);
    setWidth(box.current!.clientWidth);
    return () => watcher.disconnect();
  }, []);
  // Glosses are in English: an Arabic page is read without them.
  const nodes = shownNodes(verse, sentence, words).map((one) => (language.value === 'ar' ? { ...one, gloss: undefined } : one));
  const fits = width >= nodes.length * node_width;
  const asked = parameter('form');
  const rows = asked === 'rows' || (asked !== 'arcs' && !fits);
  const kin = chosen === null ? null : kinOf(sentence, chosen);
  const phrases = parameter('phrases') !== 'no';
  const in_sentence = new Set(sentence.nodes.flatMap((node) => (node.place ? [node.place.split(':').slice(0, 3).join(':')] : [])));
  const written = new Map(words.flatMap((one) => (one.words ?? []).flatMap((word) => (in_sentence.has(`${one.verse}:${word.n}`) ? [[`${one.verse}:${word.n}`, word.word ?? ''] as const] : []))));
  return (
    <div ref={box} class="tree">
      <div class="row tools">
        <div class="switch" role="group" aria-label={t('form_of_tree')}>
          {(['arcs', 'rows'] as const).map((form) => (
            <button key={form} type="button" aria-pressed={(form === 'rows') === rows} onClick={() => go(withParameters({ form }), { replace: true })}>
              {t(`form_${form}`)}
            </button>
          ))}
        </div>
        {sentence.phrases.length === 0 || rows ? null : (
          <label class="pill">
            <input type="checkbox" checked={phrases} onChange={(event) => go(withParameters({ phrases: event.currentTarget.checked ? undefined : 'no' }), { replace: true })} />
            <span>{t('phrases')}</span>
          </label>
        )}
        <CopyLink />
        <TreeFiles verse={verse} sentence={sentence} nodes={nodes} words={written} drawing={() => (rows ? null : box.current)} />
      </div>
      {width === 0 ? null : rows ? (
        <Rows nodes={nodes} sentence={sentence} label={label} kin={kin} choose={choose} />
      ) : (
        <Arcs nodes={nodes} phrases={phrases ? sentence.phrases : []} label={label} kin={kin} choose={choose} />
      )}
      {!rows ? (
        <details>
          <summary>{t('as_table')}</summary>
          <Rows nodes={nodes} sentence={sentence} label={label} kin={null} choose={() => undefined} />
        </details>
      ) : null}
      {sentence.phrases.length === 0 ? null : (
        <details>
          <summary>
            {t('phrases')} <span class="muted">{number(sentence.phrases.length)}</span>
          </summary>
          <PhraseList nodes={nodes} phrases={sentence.phrases} label={label} />
        </details>
      )}
    </div>
  );
}

/** A node with its head, its dependents, and the way to the top. */
function kinOf(sentence: Sentence, id: number): ReadonlySet<number> {
  const of = new Map(sentence.nodes.map((node) => [node.id, node]));
  const kin = new Set([id]);
  for (let at = of.get(id)?.head; at !== null && at !== undefined && !kin.has(at); at = of.get(at)?.head) kin.add(at);
  for (const node of sentence.nodes) if (node.head === id) kin.add(node.id);
  return kin;
}

type Label = (attribute: string, value: string) => string;
interface FormProps {
  readonly nodes: readonly Shown[];
  readonly label: Label;
  readonly kin: ReadonlySet<number> | null;
  readonly choose: (id: number | null) => void;
}

const hasRelation = (node: Node): boolean => node.head !== null && node.head !== node.id && node.relation !== undefined && node.relation !== 'NonRel';
const wordAddress = (node: Node): string | undefined => node.place?.split(':').slice(0, 3).join(':');

/** What is written, or in brackets what is only meant. Corpus fonts draw brackets for text of their own. */
function Form({ node, text }: { node: Node; text: string }) {
  const bracketed = /^\((.*)\)$/s.exec(text);
  const form = (
    <span class={`quran ${colourOf(node.pos)}`} lang="ar" dir="rtl">
      {bracketed ? bracketed[1] : text}
    </span>
  );
  return bracketed ? (
    <span class="brackets" dir="rtl">
      ({form})
    </span>
  ) : (
    form
  );
}

function NodeText({ shown }: { shown: Shown }) {
  const { node, text } = shown;
  const to = wordAddress(node);
  const inner = <Form node={node} text={text} />;
  return to ? <a href={`/${to}`}>{inner}</a> : <span class="hidden-word">{inner}</span>;
}

function PhraseList({ nodes, phrases, label }: { nodes: readonly Shown[]; phrases: readonly Phrase[]; label: Label }) {
  return (
    <ul class="phrases">
      {phrases.map((phrase, index) => (
        <li key={index}>
          <span class="muted">
            <bdi>{label('phrase_kind', phrase.kind ?? '')}</bdi> <code>{phrase.kind}</code>
          </span>{' '}
          <span class="quran" lang="ar" dir="rtl">
            {[...new Set(nodes.filter(({ node }) => node.id >= phrase.first && node.id <= phrase.last).map((one) => one.text))].join(' ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A label in a drawing, which has no element to keep its direction. */
const plainLabel = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');
const directionOf = (text: string): 'rtl' | 'ltr' => (hasArabic(text) ? 'rtl' : 'ltr');

/** A tag in a drawing: its code; on an Arabic page its name, since codes abbreviate English words. */
const shortLabel = (label: Label, attribute: 'pos' | 'phrase_kind', tag: string | null): string => (language.value === 'ar' && tag !== null ? label(attribute, tag) : (tag ?? ''));

interface PlacedPhrase extends PlacedArc {
  readonly text: string;
}

function Arcs({ nodes, phrases, label, kin, choose }: FormProps & { readonly phrases: readonly Phrase[] }) {
  const line = useRef<HTMLOListElement>(null);
  const [drawn, draw] = useState<{ arcs: readonly (PlacedArc & { node: Node; text: string })[]; phrases: readonly PlacedPhrase[]; width: number; height: number }>({ arcs: [], phrases: [], width: 0, height: 0 });
  useLayoutEffect(() => {
    const list = line.current!;
    const measure = () => {
      const origin = list.getBoundingClientRect().left;
      const centre = new Map<number, number>();
      const edges = new Map<number, readonly [number, number]>();
      for (const item of list.children) {
        const { left, width } = item.getBoundingClientRect();
        const id = Number((item as HTMLElement).dataset.node);
        centre.set(id, left - origin + width / 2);
        edges.set(id, [left - origin, left - origin + width]);
      }
      const context = document.createElement('canvas').getContext('2d')!;
      context.font = getComputedStyle(list).getPropertyValue('--label-font');
      const related = nodes.filter(({ node }) => hasRelation(node) && centre.has(node.head!));
      const arcs = placeArcs(
        related.map(({ node }) => ({ from: centre.get(node.head!)!, to: centre.get(node.id)!, width: context.measureText(plainLabel(label('relation', node.relation!))).width + 8 })),
        label_gap,
      );
      const spans = phrases.filter((phrase) => edges.has(phrase.first) && edges.has(phrase.last));
      const names = spans.map((phrase) => shortLabel(label, 'phrase_kind', phrase.kind));
      const lines = placeArcs(
        spans.map((phrase, index) => ({ from: edges.get(phrase.first)![1] - 6, to: edges.get(phrase.last)![0] + 6, width: context.measureText(names[index]!).width + 8 })),
        1,
      ).map((line, index) => ({ ...line, text: names[index]! }));
      const height = Math.max(0, ...arcs.map((arc) => arc.level)) * arc_step + 24;
      draw({ arcs: arcs.map((arc, index) => ({ ...arc, node: related[index]!.node, text: plainLabel(label('relation', related[index]!.node.relation!)) })), phrases: lines, width: list.scrollWidth, height });
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(list);
    void document.fonts.ready.then(measure);
    return () => watcher.disconnect();
  }, [nodes.map((one) => one.text + (one.gloss ?? '')).join(), label('relation', 'Subj'), phrases]);
  const faded = (id: number): boolean => kin !== null && !kin.has(id);
  const fadedArc = (node: Node): string => (faded(node.id) || faded(node.head!) ? 'faded' : '');
  const glossed = nodes.some(({ gloss }) => gloss !== undefined);
  // Arcs that leave one word keep apart from those that lead to it.
  const leaves = (arc: PlacedArc): number => arc.from + (arc.to < arc.from ? -5 : 5);
  return (
    <div class="arcs" dir="rtl" tabIndex={0} role="group" aria-label={t('form_arcs')}>
      <ol class="tree-words" ref={line}>
        {nodes.map((shown) => (
          <li
            key={shown.node.id}
            data-node={shown.node.id}
            class={[shown.elsewhere ? 'elsewhere' : '', faded(shown.node.id) ? 'faded' : '', shown.node.hidden ? 'is-hidden' : ''].join(' ')}
            onPointerEnter={() => choose(shown.node.id)}
            onPointerLeave={() => choose(null)}
            onFocusCapture={() => choose(shown.node.id)}
            onBlurCapture={() => choose(null)}
          >
            {glossed ? (
              <span class="gloss" lang="en" dir="ltr">
                {shown.gloss ?? '\u00a0'}
              </span>
            ) : null}
            <NodeText shown={shown} />
            <span class={`tag-under ${colourOf(shown.node.pos)}`} dir="auto">
              {shortLabel(label, 'pos', shown.node.pos)}
            </span>
          </li>
        ))}
      </ol>
      {drawn.phrases.length === 0 ? null : (
        <svg class="phrase-lines" width={drawn.width} height={Math.max(...drawn.phrases.map((line) => line.level)) * phrase_step + 6} aria-hidden="true">
          {drawn.phrases.map((line, index) => {
            const y = line.level * phrase_step - 4;
            return (
              <g key={index}>
                <path class="phrase-line" d={`M${line.from} ${y - 5}V${y}H${line.to}V${y - 5}`} />
                <rect class="label-ground" x={(line.from + line.to) / 2 - line.width / 2} y={y - 7} width={line.width} height="14" />
                <text x={(line.from + line.to) / 2} y={y + 4} text-anchor="middle" direction={directionOf(line.text)}>
                  {line.text}
                </text>
              </g>
            );
          })}
        </svg>
      )}
      <svg class="arc-lines" width={drawn.width} height={drawn.height} viewBox={`0 0 ${drawn.width} ${drawn.height}`} aria-hidden="true">
        {drawn.arcs.map((arc) => {
          const y = arc.level * arc_step;
          const side = arc.to < arc.from ? -1 : 1;
          const from = leaves(arc);
          const bend = Math.min(10, Math.abs(arc.to - from) / 2, y);
          const path = `M${from} 2V${y - bend}Q${from} ${y} ${from + side * bend} ${y}H${arc.to - side * bend}Q${arc.to} ${y} ${arc.to} ${y - bend}V4`;
          return (
            <g key={arc.node.id} class={fadedArc(arc.node)} data-family={familyOf(arc.node.pos)}>
              <path class={`arc ${colourOf(arc.node.pos)}`} d={path} />
              <path class={`arrow ${colourOf(arc.node.pos)}`} d={`M${arc.to} 1l-4 7h8z`} />
            </g>
          );
        })}
        {/* Labels are above all lines. */}
        {drawn.arcs.map((arc) => {
          // On the line, or below it where nothing of the line would be seen.
          const y = arc.level * arc_step + (arc.width + 20 > Math.abs(arc.from - arc.to) ? 11 : 0);
          const middle = (leaves(arc) + arc.to) / 2;
          return (
            <g key={arc.node.id} class={fadedArc(arc.node)}>
              <rect class="label-ground" x={middle - arc.width / 2} y={y - 8} width={arc.width} height="16" />
              <text x={middle} y={y + 4} text-anchor="middle" direction={directionOf(arc.text)}>
                {arc.text}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function Rows({ nodes, sentence, label, kin, choose }: FormProps & { readonly sentence: Sentence }) {
  const of = new Map(nodes.map((one) => [one.node.id, one]));
  const depth = (node: Node): number => Math.min(node.depth ?? 0, 12);
  const first = sentence.nodes[0]?.id ?? 1;
  return (
    <table class="tree-rows" dir="rtl">
      <caption class="hidden-text">{t('tree')}</caption>
      <thead>
        <tr>
          {(['node', 'word', 'pos', 'relation', 'head'] as const).map((heading) => (
            <th key={heading} scope="col" class={heading === 'node' ? 'number' : undefined}>
              <bdi>{t(heading)}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {nodes.map((shown) => {
          const { node } = shown;
          const head = node.head === null || node.head === node.id ? undefined : of.get(node.head);
          return (
            <tr
              key={node.id}
              class={[shown.elsewhere ? 'elsewhere' : '', kin !== null && !kin.has(node.id) ? 'faded' : ''].join(' ')}
              data-depth={depth(node)}
              onPointerEnter={() => choose(node.id)}
              onPointerLeave={() => choose(null)}
            >
              <td class="number muted">{number(node.id - first + 1)}</td>
              <th scope="row" class={`depth depth-${depth(node)}`}>
                <NodeText shown={shown} />
                {shown.gloss ? (
                  <span class="gloss" lang="en" dir="ltr">
                    {shown.gloss}
                  </span>
                ) : null}
              </th>
              <td>
                {node.pos ? (
                  <span class={colourOf(node.pos)}>
                    <bdi>{label('pos', node.pos)}</bdi>
                  </span>
                ) : null}
              </td>
              <td>{node.relation && node.relation !== 'NonRel' ? <a href={searchAddress(`[] -${edgeName(node.relation)}-> []`)}><bdi>{label('relation', node.relation)}</bdi></a> : <span class="muted">–</span>}</td>
              <td>
                {head ? (
                  <>
                    <span class="muted">{number(head.node.id - first + 1)}</span>{' '}
                    <Form node={head.node} text={head.text} />
                  </>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
