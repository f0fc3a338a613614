// The syntax of a verse: its sentences as trees, drawn from right to left, and as rows.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getTrees, getVerses, type Node, type Sentence, type Verse } from '../api/client';
import { useAnswer } from '../answers';
import { number, t } from '../i18n';
import { useValueNames } from '../labels';
import { Ref, When } from '../parts/basics';
import { shownNodes, type Shown } from '../parts/nodes';
import { go, parameter, withParameters } from '../router';
import { edgeName, searchAddress } from '../text/cql';
import { placeArcs, type PlacedArc } from '../text/layout';
import { colourOf, familyOf } from '../text/tags';

/** A drawing wider than this many pixels a node does not fit. */
const node_width = 84;
const arc_step = 30;
const label_gap = 10;

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
          <a href={`/${verse}`}>{t('read_verse')}</a>
        </p>
      </header>
      <When answer={answer}>
        {({ sentences }) =>
          sentences.length === 0 ? <p class="empty">{t('no_tree')}</p> : <Sentences verse={verse} sentences={sentences} />
        }
      </When>
    </div>
  );
}

function Sentences({ verse, sentences }: { verse: string; sentences: readonly Sentence[] }) {
  const at = Math.min(Math.max(1, Number(parameter('sentence')) || 1), sentences.length);
  const sentence = sentences[at - 1]!;
  // Forms and glosses come with the words of its verses.
  const words = useAnswer(`tree words ${sentence.verses.join()}`, () =>
    Promise.all(sentence.verses.map((one) => getVerses(one, { layers: ['words', 'segments', 'gloss'] }).then((found) => found.verses[0]!))),
  );
  return (
    <>
      {sentences.length > 1 ? (
        <nav class="tabs-line" aria-label={t('sentences')}>
          {sentences.map((one, index) => (
            <a key={one.sentence} href={withParameters({ sentence: index === 0 ? undefined : String(index + 1) })} aria-current={index + 1 === at ? 'page' : undefined}>
              {t('sentence_number', { n: index + 1 })}
            </a>
          ))}
        </nav>
      ) : null}
      {sentence.verses.length > 1 ? <p class="muted">{t('over_verses', { verses: `\u2066${sentence.verses[0]}\u2069–\u2066${sentence.verses.at(-1)}\u2069` })}</p> : null}
      <Drawing key={sentence.sentence} verse={verse} sentence={sentence} words={words.state === 'here' ? words.value : []} />
    </>
  );
}

function Drawing({ verse, sentence, words }: { verse: string; sentence: Sentence; words: readonly Verse[] }) {
  const label = useValueNames(['relation', 'pos']);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [chosen, choose] = useState<number | null>(null);
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(() => setWidth(box.current?.clientWidth ?? 0));
    watcher.observe(box.current!);
    setWidth(box.current!.clientWidth);
    return () => watcher.disconnect();
  }, []);
  const nodes = shownNodes(verse, sentence, words);
  const fits = width >= nodes.length * node_width;
  const asked = parameter('form');
  const rows = asked === 'rows' || (asked !== 'arcs' && !fits);
  const kin = chosen === null ? null : kinOf(sentence, chosen);
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
        {rows ? null : (
          <button type="button" onClick={() => saveSvg(box.current!, verse)}>
            {t('save_svg')}
          </button>
        )}
      </div>
      {width === 0 ? null : rows ? (
        <Rows nodes={nodes} sentence={sentence} label={label} kin={kin} choose={choose} />
      ) : (
        <Arcs nodes={nodes} label={label} kin={kin} choose={choose} />
      )}
      {!rows ? (
        <details>
          <summary>{t('as_table')}</summary>
          <Rows nodes={nodes} sentence={sentence} label={label} kin={null} choose={() => undefined} />
        </details>
      ) : null}
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

function Arcs({ nodes, label, kin, choose }: FormProps) {
  const line = useRef<HTMLOListElement>(null);
  const [drawn, draw] = useState<{ arcs: readonly (PlacedArc & { node: Node; text: string })[]; width: number; height: number }>({ arcs: [], width: 0, height: 0 });
  useLayoutEffect(() => {
    const list = line.current!;
    const measure = () => {
      const origin = list.getBoundingClientRect().left;
      const centre = new Map<number, number>();
      for (const item of list.children) {
        const { left, width } = item.getBoundingClientRect();
        centre.set(Number((item as HTMLElement).dataset.node), left - origin + width / 2);
      }
      const context = document.createElement('canvas').getContext('2d')!;
      context.font = getComputedStyle(list).getPropertyValue('--label-font');
      const related = nodes.filter(({ node }) => hasRelation(node) && centre.has(node.head!));
      const arcs = placeArcs(
        related.map(({ node }) => ({ from: centre.get(node.head!)!, to: centre.get(node.id)!, width: context.measureText(label('relation', node.relation!)).width + 8 })),
        label_gap,
      );
      const height = Math.max(0, ...arcs.map((arc) => arc.level)) * arc_step + 24;
      draw({ arcs: arcs.map((arc, index) => ({ ...arc, node: related[index]!.node, text: label('relation', related[index]!.node.relation!) })), width: list.scrollWidth, height });
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(list);
    void document.fonts.ready.then(measure);
    return () => watcher.disconnect();
  }, [nodes.map((one) => one.text + (one.gloss ?? '')).join(), label('relation', 'Subj')]);
  const faded = (id: number): boolean => kin !== null && !kin.has(id);
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
            <span class="gloss" lang="en" dir="ltr">
              {shown.gloss ?? '\u00a0'}
            </span>
            <NodeText shown={shown} />
            <span class={`tag-under ${colourOf(shown.node.pos)}`} dir="ltr">
              {shown.node.pos}
            </span>
          </li>
        ))}
      </ol>
      <svg class="arc-lines" width={drawn.width} height={drawn.height} viewBox={`0 0 ${drawn.width} ${drawn.height}`} aria-hidden="true">
        {drawn.arcs.map((arc) => {
          const y = arc.level * arc_step;
          const side = arc.to < arc.from ? -1 : 1;
          // Arcs that leave one word keep apart.
          const from = arc.from + side * 5;
          const bend = Math.min(10, Math.abs(arc.to - from) / 2, y);
          const path = `M${from} 2V${y - bend}Q${from} ${y} ${from + side * bend} ${y}H${arc.to - side * bend}Q${arc.to} ${y} ${arc.to} ${y - bend}V4`;
          return (
            <g key={arc.node.id} class={faded(arc.node.id) || (kin !== null && !kin.has(arc.node.head!)) ? 'faded' : ''} data-family={familyOf(arc.node.pos)}>
              <path class={`arc ${colourOf(arc.node.pos)}`} d={path} />
              <path class={`arrow ${colourOf(arc.node.pos)}`} d={`M${arc.to} 1l-4 7h8z`} />
              <text x={(from + arc.to) / 2} y={y + 4} text-anchor="middle" direction={/[\u0600-\u06ff]/.test(arc.text) ? 'rtl' : 'ltr'}>
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

/** The drawing as a file of its own: words become text of the picture, with the colours that are on screen. */
function saveSvg(box: HTMLElement, verse: string) {
  const line = box.querySelector<HTMLElement>('.tree-words')!;
  const arcs = box.querySelector<SVGSVGElement>('.arc-lines')!;
  const origin = line.getBoundingClientRect();
  const [width, top] = [line.scrollWidth, line.offsetHeight];
  const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);
  const rgb = (element: Element): string => getComputedStyle(element).color;
  const texts = [...line.querySelectorAll<HTMLElement>('.quran, .gloss, .tag-under')].flatMap((element) => {
    const text = element.textContent?.trim();
    if (!text) return [];
    const { left, bottom, width: wide, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const rtl = element.matches('.quran');
    return `<text x="${(left - origin.left + wide / 2).toFixed(1)}" y="${(bottom - origin.top - height * (rtl ? 0.36 : 0.25)).toFixed(1)}" font-size="${style.fontSize}" fill="${style.color}" direction="${rtl ? 'rtl' : 'ltr'}" text-anchor="middle" font-family="${rtl ? 'Kalima Quran, Amiri Quran, serif' : 'sans-serif'}">${escaped(text)}</text>`;
  });
  const lines = [...arcs.querySelectorAll<SVGElement>('path, text')].map((element) => {
    const colour = rgb(element);
    if (element.tagName === 'text') {
      return `<text x="${element.getAttribute('x')}" y="${element.getAttribute('y')}" font-size="13" text-anchor="middle" direction="${element.getAttribute('direction')}" font-family="sans-serif" fill="${colour}" stroke="#fff" stroke-width="5" paint-order="stroke">${escaped(element.textContent ?? '')}</text>`;
    }
    return element.classList.contains('arrow') ? `<path d="${element.getAttribute('d')}" fill="${colour}"/>` : `<path d="${element.getAttribute('d')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
  });
  const height = top + arcs.height.baseVal.value;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${escaped(`${t('tree')} ${verse}`)}</title><rect width="100%" height="100%" fill="${getComputedStyle(document.body).backgroundColor}"/>${texts.join('')}<g transform="translate(0 ${top})">${lines.join('')}</g></svg>`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  link.download = `tree-${verse.replace(':', '-')}.svg`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
