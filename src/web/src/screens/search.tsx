// Hits of a query or of words, as lines of a concordance or as verses.
import { useEffect } from 'preact/hooks';
import { getVerses, query, search, type QueryAnswer, type TextSearch, type Verse } from '../api/client';
import type { Failure } from '../api/ask';
import { useAnswer, type Answer } from '../answers';
import { number, t } from '../i18n';
import { Failed, Waiting } from '../parts/basics';
import { Box, Coloured } from '../parts/box';
import { lineOf, Lines, type Line } from '../parts/lines';
import { Pages } from '../parts/pages';
import { VerseText } from '../parts/verse_text';
import { go, parameter, withParameters } from '../router';
import { isQuery, searchAddress } from '../text/cql';
import { destinationsOf, type Destination } from '../where';

const page_size = 50;
const verse_page_size = 20;
const steps = ['exact', 'plain', 'partial_vowels', 'folded', 'modern_spelling', 'regional', 'no_vowels', 'split', 'joined', 'no_article', 'typing', 'sound', 'lemma', 'root', 'transliteration', 'consonants', 'gloss', 'translation'] as const;
type Step = (typeof steps)[number];
const plain = { colours: false, gloss: false, transliteration: false, lemma: false, root: false, tags: false };

interface Found {
  readonly hits: number;
  readonly verses: number;
  readonly partial: boolean;
  readonly notes: readonly string[];
  readonly steps: readonly { readonly value: string; readonly step: string }[];
  readonly lines: readonly Line[];
  /** Clauses of a query without hits that are to blame. */
  readonly failing: readonly string[];
  /** What finds something where this does not. */
  readonly instead: readonly { readonly query: string; readonly count: number }[];
  readonly pages: number;
}

const ofQuery = (answer: QueryAnswer): Found => ({
  hits: answer.hits,
  verses: answer.verses,
  partial: answer.partial,
  notes: answer.notes,
  steps: answer.steps,
  pages: Math.ceil(answer.hits / answer.limit),
  lines: answer.results.map(lineOf),
  failing: answer.relaxed?.failing ?? [],
  instead: (answer.relaxed?.nearest ?? []).map((near) => ({ query: near.query, count: near.hits })),
});

/** Hits in texts, whose places are counted in code points. A hit is shown with the whole words that it is in: letters
 * before it, such as a particle, are joined to it. */
function ofText(answer: TextSearch, context: number): Found {
  const lines = answer.results.flatMap((found) => {
    const points = [...found.text];
    const cut = (from: number, to: number): string => points.slice(from, to).join('').trim();
    return found.hits.map((hit): Line => {
      let from = hit.words[0]?.from ?? 0;
      let to = hit.words.at(-1)?.to ?? points.length;
      while (from > 0 && points[from - 1] !== ' ') from--;
      while (to < points.length && points[to] !== ' ') to++;
      const verse = `${found.surah}:${found.ayah}`;
      return {
        place: hit.first_word === null ? verse : `${verse}:${hit.first_word}`,
        verse,
        first: hit.first_word,
        last: hit.last_word,
        before: cut(0, from).split(' ').slice(-context).join(' '),
        match: cut(from, to),
        after: cut(to, points.length).split(' ').slice(0, context).join(' '),
      };
    });
  });
  return { hits: answer.hits, verses: answer.verses, partial: answer.partial, notes: [], lines, pages: Math.ceil(answer.verses / answer.limit),
    steps: answer.steps.map(({ step }) => ({ value: answer.query, step })),
    failing: [],
    instead: answer.unknown.flatMap((unknown) => unknown.suggestions.slice(0, 4).map((one) => ({ query: answer.query.replace(unknown.word, one.word), count: one.uses }))),
  };
}

export function Search() {
  const q = parameter('q') ?? '';
  const asQuery = isQuery(q);
  const view = parameter('view') === 'verses' ? 'verses' : 'lines';
  const size = view === 'verses' ? verse_page_size : page_size;
  const page = Math.max(1, Number(parameter('page')) || 1);
  const context = Math.min(20, Math.max(1, Number(parameter('ctx')) || 5));
  const offset = (page - 1) * size;
  const step = steps.find((one) => one === parameter('step')) ?? null;
  const answer = useAnswer(
    q.trim() === '' ? null : `search ${q} ${offset} ${size} ${context} ${step}`,
    () =>
      asQuery
        ? query({ q, offset, limit: size, context }).then(ofQuery)
        : search({ q, offset, limit: size, ...(step === null ? {} : { step }) }).then((found) => ofText(found, context)),
  );
  useEffect(() => {
    document.title = q === '' ? `${t('search')} · Kalima` : `${q} · Kalima`;
  }, [q]);
  const failure = answer.state === 'failed' ? answer.failure : null;
  const place = failure?.problem.parameter === 'q' ? failure.problem.column : undefined;
  return (
    <div class="search">
      <h1 class="hidden-text">{t('search')}</h1>
      <Box value={q} errorAt={place} describedBy={failure ? 'query-error' : undefined} run={(text) => go(searchAddress(text))} />
      {q.trim() === '' ? <p class="muted">{t('search_hint')}</p> : failure ? <QueryError q={q} failure={failure} /> : null}
      {q.trim() === '' || failure ? null : (
        <>
          {asQuery ? null : <Meanings q={q} />}
          <Summary answer={answer} />
          <Tabs view={view} context={context} step={asQuery ? undefined : step} />
          <Results answer={answer} view={view} page={page} />
        </>
      )}
    </div>
  );
}

function QueryError({ q, failure }: { q: string; failure: Failure }) {
  const { column, detail, cure } = failure.problem;
  if (column === undefined || !detail) return <Failed failure={failure} />;
  const before = [...q].slice(0, column - 1).join('');
  return (
    <div class="notice bad" id="query-error" role="alert">
      <pre class="error-place" dir="ltr" tabIndex={0}>
        <code>
          <Coloured text={q} errorAt={column} />
          {'\n'}
          {before.replace(/\S/g, ' ')}^
        </code>
      </pre>
      <p lang="en" dir="ltr">
        {detail}
        {cure ? `; ${cure}` : ''}
      </p>
    </div>
  );
}

/** What else the words may mean: a surah, a root. */
function Meanings({ q }: { q: string }) {
  const answer = useAnswer(`meanings ${q}`, () => destinationsOf(q));
  if (answer.state !== 'here') return null;
  const others = answer.value.filter((one: Destination) => one.kind !== 'text');
  if (others.length === 0) return null;
  return (
    <p class="meanings">
      <span class="muted">{t('also')}</span>
      {others.map((one) => (
        <a key={one.to} href={one.to}>
          {t(`kind_${one.kind}`)}:{' '}
          {one.arabic ? (
            <span class="quran" lang="ar" dir="rtl">
              {one.arabic}
            </span>
          ) : null}{' '}
          <bdi>{one.title}</bdi>
        </a>
      ))}
    </p>
  );
}

function Summary({ answer }: { answer: Answer<Found> }) {
  if (answer.state !== 'here') return <p class="summary">{'\u00a0'}</p>;
  const { hits, verses, partial, notes, steps } = answer.value;
  const loose = [...new Map(steps.filter((one) => one.step !== 'exact').map((one) => [`${one.value} ${one.step}`, one])).values()];
  return (
    <div class="summary" role="status">
      <p>
        <strong>{t('hits', { n: hits })}</strong> {t('in_verses', { n: verses })}
        {partial ? <span class="tag bad">{t('partial')}</span> : null}
      </p>
      {loose.length > 0 ? (
        <p class="muted">
          {t('spelt')}{' '}
          {loose.map((one, index) => (
            <span key={index}>
              {index > 0 ? t('comma') : ''}
              {steps.length > 1 && new Set(steps.map((each) => each.value)).size > 1 ? <bdi>{one.value}: </bdi> : null}
              {t(`step_${one.step as 'plain'}`)}
            </span>
          ))}
        </p>
      ) : null}
      {notes.map((note) => (
        <p key={note} class="muted" lang="en" dir="ltr">
          {note}
        </p>
      ))}
    </div>
  );
}

function Tabs({ view, context, step }: { view: 'lines' | 'verses'; context: number; step: Step | null | undefined }) {
  return (
    <div class="tabs">
      <nav aria-label={t('views')}>
        {(['lines', 'verses'] as const).map((one) => (
          <a key={one} href={withParameters({ view: one === 'lines' ? undefined : one, page: undefined })} aria-current={one === view ? 'page' : undefined}>
            {t(`view_${one}`)}
          </a>
        ))}
      </nav>
      {step === undefined ? null : (
        <label>
          {t('loosest')}{' '}
          <select value={step ?? ''} onChange={(event) => go(withParameters({ step: event.currentTarget.value, page: undefined }), { replace: true })}>
            <option value="">{t('step_any')}</option>
            {steps.map((one) => (
              <option key={one} value={one}>
                {t(`step_${one}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {view === 'lines' ? (
        <label>
          {t('context')}{' '}
          <select value={context} onChange={(event) => go(withParameters({ ctx: event.currentTarget.value === '5' ? undefined : event.currentTarget.value }), { replace: true })}>
            {[2, 3, 5, 8, 12, 20].map((words) => (
              <option key={words} value={words}>
                {number(words)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}

function Nothing({ found: { failing, instead } }: { found: Found }) {
  return (
    <div class="nothing">
      <p>{t('no_hits')}</p>
      {failing.length > 0 ? (
        <p>
          {t('failing')}{' '}
          {failing.map((clause) => (
            <code key={clause} dir="ltr">
              <Coloured text={clause} />{' '}
            </code>
          ))}
        </p>
      ) : null}
      {instead.length > 0 ? (
        <>
          <p>{t(instead.some((one) => isQuery(one.query)) ? 'nearest' : 'did_you_mean')}</p>
          <ul>
            {instead.map((one) => (
              <li key={one.query}>
                <a href={searchAddress(one.query)}>{isQuery(one.query) ? <code dir="ltr">{one.query}</code> : <bdi class="quran">{one.query}</bdi>}</a> <span class="muted">{t('hits', { n: one.count })}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

function Results({ answer, view, page }: { answer: Answer<Found>; view: 'lines' | 'verses'; page: number }) {
  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return null;
  const { lines, pages, hits } = answer.value;
  if (hits === 0) return <Nothing found={answer.value} />;
  return (
    <>
      {view === 'lines' ? <Lines lines={lines} title={t('view_lines')} /> : <VersesFound lines={lines} />}
      <Pages page={page} pages={pages} />
    </>
  );
}

/** The verses of the hits on this page, each once, with their hits marked. */
function VersesFound({ lines }: { lines: readonly Line[] }) {
  const marked = new Map<string, Set<number>>();
  for (const line of lines) {
    const words = marked.get(line.verse) ?? new Set<number>();
    marked.set(line.verse, words);
    if (line.first !== null) for (let n = line.first; n <= (line.last ?? line.first); n++) words.add(n);
  }
  const verses = [...marked.keys()];
  const answer = useAnswer(`found ${verses.join()}`, () =>
    Promise.all(verses.map((verse) => getVerses(verse, { layers: ['words', 'translations'] }).then((found) => found.verses[0]!))),
  );
  if (answer.state !== 'here') return <Waiting />;
  return (
    <div class="verses found">
      {answer.value.map((verse: Verse) => (
        <article key={verse.verse} class="verse" aria-label={verse.verse}>
          <VerseText verse={verse} layers={plain} hits={marked.get(verse.verse)} linkTo={(n) => `/${verse.verse}:${n}`} />
          {((verse.translations ?? []) as readonly { text?: string; language?: string }[]).map((one, index) => (
            <p key={index} class="translation" lang={one.language} dir="auto">
              {one.text}
            </p>
          ))}
          <div class="verse-tools">
            <a class="ref" href={`/${verse.verse}`}>
              <bdi>{verse.verse}</bdi>
            </a>
          </div>
        </article>
      ))}
    </div>
  );
}
