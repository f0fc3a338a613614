// A tree as a file: the drawing as SVG or PNG, the nodes as CoNLL-U.
import { listAttributes, type Sentence } from '../api/client';
import { answerTo } from '../answers';
import { t } from '../i18n';
import { Menu } from '../parts/menu';
import type { Shown } from '../parts/nodes';
import font_address from '../fonts/kalima-quran.woff2?url';
import { conllu } from '../text/conllu';
import { save } from '../save';

interface Props {
  readonly verse: string;
  readonly sentence: Sentence;
  readonly nodes: readonly Shown[];
  /** Written words by SURAH:AYAH:WORD. */
  readonly words: ReadonlyMap<string, string>;
  /** What has the drawing; null while there is none. */
  readonly drawing: () => HTMLElement | null;
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]!);

/** The font of the corpus, to be put into a drawing that must look alike elsewhere. */
async function fontStyle(): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(font_address)).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `<style>@font-face{font-family:"Kalima Quran";src:url(data:font/woff2;base64,${btoa(text)})}</style>`;
}

interface Drawn {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The drawing as a picture of its own: words become text of it, with the colours that are on screen. */
async function drawn(box: HTMLElement, title: string): Promise<Drawn> {
  const line = box.querySelector<HTMLElement>('.tree-words')!;
  const pictures = [...box.querySelectorAll<SVGSVGElement>('.phrase-lines, .arc-lines')];
  const origin = line.getBoundingClientRect();
  const width = line.scrollWidth;
  const texts = [...line.querySelectorAll<HTMLElement>('.quran, .gloss, .tag-under')].flatMap((element) => {
    const inner = element.textContent?.trim();
    if (!inner) return [];
    // The brackets are of another font, as on screen.
    const bracket = (sign: string): string => (element.closest('.brackets') ? `<tspan font-family="sans-serif" font-size="60%">${sign}</tspan>` : '');
    const { left, bottom, width: wide, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const rtl = element.matches('.quran');
    return `<text x="${(left - origin.left + wide / 2).toFixed(1)}" y="${(bottom - origin.top - height * (rtl ? 0.36 : 0.25)).toFixed(1)}" font-size="${style.fontSize}" fill="${style.color}" direction="${rtl ? 'rtl' : 'ltr'}" text-anchor="middle" font-family="${rtl ? 'Kalima Quran, Amiri Quran, serif' : 'sans-serif'}">${bracket('(')}${escaped(inner)}${bracket(')')}</text>`;
  });
  let height = line.offsetHeight;
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  const parts = pictures.map((picture) => {
    const shapes = [...picture.querySelectorAll<SVGElement>('path, rect, text')].map((element) => {
      const style = getComputedStyle(element);
      const copy = element.cloneNode(true) as SVGElement;
      copy.removeAttribute('class');
      copy.setAttribute('fill', element.tagName === 'rect' ? ground : style.fill);
      if (element.tagName === 'path') {
        copy.setAttribute('stroke', style.stroke);
        copy.setAttribute('stroke-width', style.strokeWidth);
      }
      if (element.tagName === 'text') {
        copy.setAttribute('font-size', style.fontSize);
        copy.setAttribute('font-family', 'sans-serif');
      }
      return new XMLSerializer().serializeToString(copy);
    });
    const part = `<g transform="translate(0 ${height})">${shapes.join('')}</g>`;
    height += picture.height.baseVal.value;
    return part;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${escaped(title)}</title>${await fontStyle()}<rect width="100%" height="100%" fill="${ground}"/>${texts.join('')}${parts.join('')}</svg>`;
  return { svg, width, height };
}

async function png({ svg, width, height }: Drawn): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    // Twice as many points, for paper.
    const canvas = Object.assign(document.createElement('canvas'), { width: 2 * width, height: 2 * height });
    const context = canvas.getContext('2d')!;
    context.scale(2, 2);
    // A font within the picture is there only when it is drawn again.
    context.drawImage(picture, 0, 0, width, height);
    await new Promise((resolve) => setTimeout(resolve, 200));
    context.drawImage(picture, 0, 0, width, height);
    return await new Promise<Blob>((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}

const udNames = async (attribute: string): Promise<ReadonlyMap<string, string>> =>
  new Map(((await answerTo(`attribute ${attribute}`, () => listAttributes({ name: attribute, limit: 500 }))).values ?? []).flatMap(({ value, ud }) => (ud ? [[value, ud]] : [])));

export function TreeFiles({ verse, sentence, nodes, words, drawing }: Props) {
  const name = `tree-${verse.replace(':', '-')}-${sentence.sentence}`;
  async function saveDrawing(kind: 'svg' | 'png') {
    const box = drawing();
    if (!box) return;
    const picture = await drawn(box, `${t('tree')} ${verse}`);
    save(`${name}.${kind}`, kind === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await png(picture));
  }
  async function saveRows() {
    const [tags, relations] = await Promise.all([udNames('pos'), udNames('relation')]);
    const text = conllu(
      nodes.map(({ node, text: form }) => ({ node, form: node.form ?? form })),
      words,
      { upos: (tag) => tags.get(tag) ?? 'X', deprel: (relation) => relations.get(relation) ?? 'dep' },
      [`sent_id = ${sentence.sentence}`, `verses = ${sentence.verses.join(' ')}`, `text = ${[...words.values()].join(' ')}`],
    );
    save(`${name}.conllu`, new Blob([text], { type: 'text/plain' }));
  }
  return (
    <Menu title={t('export')} pressedBy="KeyE">
      {(close) => (
        <>
          {drawing() === null ? null : (
            <>
              <li>
                <button type="button" onClick={() => void saveDrawing('svg').then(close)}>
                  SVG
                </button>
              </li>
              <li>
                <button type="button" onClick={() => void saveDrawing('png').then(close)}>
                  PNG
                </button>
              </li>
            </>
          )}
          <li>
            <button type="button" onClick={() => void saveRows().then(close)}>
              {t('format_conllu')}
            </button>
          </li>
        </>
      )}
    </Menu>
  );
}
