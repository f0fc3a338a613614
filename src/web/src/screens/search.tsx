// Hits of a query or of words, as lines of a concordance or as verses.
import { useEffect } from 'preact/hooks';
import { getVerses, query, search, type HitGrouping, type QueryAnswer, type TextSearch, type Verse } from '../api/client';
import type { Failure } from '../api/ask';
import { useAnswer, type Answer } from '../answers';
import { askedHere, isCounted, labelsOf, type Asked, type View } from '../asked';
import { number, t } from '../i18n';
import { useAttributeNames } from '../labels';
import { Failed, Waiting } from '../parts/basics';
import { Box, Coloured } from '../parts/box';
import { Builder } from '../parts/builder';
import { lineOf, Lines, type Line } from '../parts/lines';
import { Pages } from '../parts/pages';
import { CopyLink } from '../parts/permalink';
import { VerseText } from '../parts/verse_text';
import { go, parameter, withParameters } from '../router';
import { isQuery, ofSegments, readerAddress, searchAddress } from '../text/cql';
import { destinationsOf, type Destination } from '../where';
import { Groups } from './groups';
import { SearchTools } from './search_tools';
import { Spread } from './spread';

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
  readonly ms: number;
  readonly grouping: HitGrouping | null;
}

const ofQuery = (answer: QueryAnswer, asked: Asked): Found => ({
  hits: answer.hits,
  verses: answer.verses,
  partial: answer.partial,
  notes: answer.notes,
  steps: answer.steps,
  pages: Math.ceil((answer.grouping?.total ?? (asked.sample === 0 ? answer.hits : Math.min(asked.sample, answer.hits))) / asked.size),
  lines: answer.results.map((hit) => lineOf(hit, asked.columns, ofSegments(asked.q))),
  failing: answer.relaxed?.failing ?? [],
  instead: (answer.relaxed?.nearest ?? []).map((near) => ({ query: near.query, count: near.hits })),
  ms: answer.ms,
  grouping: answer.grouping ?? null,
});

const askQuery = (asked: Asked): Promise<Found> =>
  query({
    q: asked.q,
    offset: (asked.page - 1) * asked.size,
    limit: asked.size,
    context: asked.context,
    ...(isCounted(asked.view) ? { group: asked.by.join() } : asked.sample === 0 ? {} : { sample: asked.sample, seed: asked.seed }),
    ...(asked.sort === '' || isCounted(asked.view) ? {} : { sort: asked.sort }),
    ...(asked.columns.length === 0 || isCounted(asked.view) ? {} : { columns: asked.columns.join() }),
  }).then((answer) => ofQuery(answer, asked));

const askText = ({ q, page, size, step, context }: Asked): Promise<Found> =>
  search({ q, offset: (page - 1) * size, limit: size, ...(step === null ? {} : { step }) }).then((found) => ofText(found, context));

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
        match: [{ text: cut(from, to) }],
        after: cut(to, points.length).split(' ').slice(0, context).join(' '),
      };
    });
  });
  return { hits: answer.hits, verses: answer.verses, partial: answer.partial, notes: [], lines, pages: Math.ceil(answer.verses / answer.limit), ms: answer.ms, grouping: null,
    steps: answer.steps.map(({ step }) => ({ value: answer.query, step })),
    failing: [],
    instead: answer.unknown.flatMap((unknown) => unknown.suggestions.slice(0, 4).map((one) => ({ query: answer.query.replace(unknown.word, one.word), count: one.uses }))),
  };
}

export function Search() {
  const asked = askedHere();
  const { q } = asked;
  const asQuery = isQuery(q);
  const building = parameter('build') === 'yes';
  // Words are found as they are written, and only lines and verses are made of them.
  const view = asQuery || !isCounted(asked.view) ? asked.view : 'lines';
  const answer = useAnswer(q.trim() === '' ? null : `search ${JSON.stringify(asked)}`, () => (asQuery ? askQuery(asked) : askText(asked)));
  useEffect(() => {
    document.title = q === '' ? `${t('search')} · Kalima` : `${q} · Kalima`;
  }, [q]);
  const failure = answer.state === 'failed' ? answer.failure : null;
  const place = failure?.problem.parameter === 'q' ? failure.problem.column : undefined;
  return (
    <div class="search">
      <h1 class="hidden-text">{t('search')}</h1>
      <Box
        value={q}
        errorAt={place}
        describedBy={failure ? 'query-error' : undefined}
        run={(text) => go(building ? withParameters({ q: text, page: undefined }) : searchAddress(text))}
      />
      <p class="build">
        <a href={withParameters({ build: building ? undefined : 'yes' })} data-keep="">
          {t(building ? 'builder_close' : 'builder_open')}
        </a>
      </p>
      {building ? <Builder q={q} /> : null}
      {q.trim() === '' ? <p class="muted">{t('search_hint')}</p> : failure ? <NotFound q={q} failure={failure} asQuery={asQuery} /> : null}
      {q.trim() === '' || failure ? null : (
        <>
          {asQuery ? null : <Meanings q={q} />}
          <div class="found-line">
            <Summary answer={answer} />
            <CopyLink />
          </div>
          <SearchTools asked={asked} view={view} asQuery={asQuery} />
          <Results answer={answer} asked={asked} view={view} />
        </>
      )}
    </div>
  );
}

/** Words that are not Arabic are not searched for in the text; what else they may mean was looked for before. */
function NotFound({ q, failure, asQuery }: { q: string; failure: Failure; asQuery: boolean }) {
  const answer = useAnswer(asQuery ? null : `meanings ${q}`, () => destinationsOf(q));
  if (asQuery || failure.status !== 400) return <QueryError q={q} failure={failure} />;
  if (answer.state === 'waiting') return <Waiting />;
  return (
    <div class="notice" id="query-error" role="alert">
      <p>{t(/\d/.test(q) ? 'no_place' : 'no_meaning', { q: `\u2068${q}\u2069` })}</p>
      <p>{t('no_meaning_cure')}</p>
      <Meanings q={q} />
    </div>
  );
}

function QueryError({ q, failure }: { q: string; failure: Failure }) {
  const { column, detail, cure } = failure.problem;
  if (column === undefined || !detail) return <Failed failure={failure} />;
  const before = [...q].slice(0, column - 1).join('');
  return (
    <div class="notice bad" id="query-error" role="alert">
      <p>{t('query_wrong', { n: column })}</p>
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
  const { hits, verses, partial, notes, steps, ms } = answer.value;
  const loose = [...new Map(steps.filter((one) => one.step !== 'exact').map((one) => [`${one.value} ${one.step}`, one])).values()];
  return (
    <div class="summary" role="status">
      <p>
        <strong>{t('hits', { n: hits })}</strong> {t('in_verses', { n: verses })} <span class="muted">{t('took', { time: ms < 10 ? ms.toFixed(1) : number(Math.round(ms)) })}</span>
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
        <Note key={note} note={note} />
      ))}
    </div>
  );
}

/** What the server says of how it read the query, in the language of the page where that is known. */
function Note({ note }: { note: string }) {
  const name = useAttributeNames();
  const absent = /^(\w+): '(.*)' does not occur in this corpus$/.exec(note);
  if (absent) return <p class="muted">{t('note_absent', { attribute: name(absent[1]!), value: `\u2068${absent[2]}\u2069` })}</p>;
  return (
    <p class="muted" lang="en" dir="ltr">
      {note}
    </p>
  );
}

function Nothing({ found: { failing, instead } }: { found: Found }) {
  return (
    <div class="nothing">
      <p>{t('no_hits')}</p>
      {failing.length > 0 ? (
        <p>
          {t('failing', { n: failing.length })}{' '}
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

function Results({ answer, asked, view }: { answer: Answer<Found>; asked: Asked; view: View }) {
  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return null;
  const { lines, pages, hits, grouping } = answer.value;
  if (hits === 0) return <Nothing found={answer.value} />;
  if (asked.page > pages) return <Beyond pages={pages} />;
  return (
    <>
      {grouping && view === 'groups' ? (
        <Groups grouping={grouping} />
      ) : grouping && view === 'spread' ? (
        <Spread grouping={grouping} q={asked.q} />
      ) : view === 'verses' ? (
        <VersesFound lines={lines} q={asked.q} />
      ) : (
        <Lines lines={lines} title={t('view_lines')} labels={labelsOf(asked.q)} to={(place) => readerAddress(place, asked.q)} />
      )}
      <Pages page={asked.page} pages={pages} />
    </>
  );
}

/** Such a page is not there: the last one is shown. */
function Beyond({ pages }: { pages: number }) {
  useEffect(() => go(withParameters({ page: pages > 1 ? String(pages) : undefined }), { replace: true }), [pages]);
  return <Waiting />;
}

/** The verses of the hits on this page, each once, with their hits marked. */
function VersesFound({ lines, q }: { lines: readonly Line[]; q: string }) {
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
          <VerseText verse={verse} layers={plain} hits={marked.get(verse.verse)} linkTo={(n) => readerAddress(`${verse.verse}:${n}`, q)} />
          {((verse.translations ?? []) as readonly { text?: string; language?: string }[]).map((one, index) => (
            <p key={index} class="translation" lang={one.language} dir="auto">
              {one.text}
            </p>
          ))}
          <div class="verse-tools">
            <a class="ref" href={readerAddress(verse.verse, q)}>
              <bdi>{verse.verse}</bdi>
            </a>
          </div>
        </article>
      ))}
    </div>
  );
}
