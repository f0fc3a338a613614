// Hits of a query or of words, as lines of a concordance or as verses.
import { useEffect } from 'preact/hooks';
import { getVerses, type Verse } from '../api/client';
import type { Failure } from '../api/ask';
import { useAnswer, type Answer } from '../answers';
import { askedHere, isCounted, labelsOf, type Asked, type View } from '../asked';
import { comparePlaces, mark } from '../hits';
import { number, t } from '../i18n';
import { useAttributeNames } from '../labels';
import { narrow } from '../narrow';
import { Arabic, Failed, Said, Waiting } from '../parts/basics';
import { Box, Coloured } from '../parts/box';
import { Builder } from '../parts/builder';
import { Lines, type Line } from '../parts/lines';
import { Pages } from '../parts/pages';
import { CopyLink } from '../parts/permalink';
import { Tries } from '../parts/tries';
import { VerseText } from '../parts/verse_text';
import { go, parameter, withParameters } from '../router';
import { language } from '../settings';
import { hasArabic } from '../text/arabic';
import { clauseIn, isQuery, readerAddress, searchAddress } from '../text/cql';
import { destinationsOf, type Destination } from '../where';
import { Collocates } from './collocates';
import { askQuery, askText, type Found, type Translated } from './found';
import { Groups } from './groups';
import { Nothing } from './nothing';
import { Exports, SearchTools } from './search_tools';
import { Spread } from './spread';

const plain = { colours: false, gloss: false, transliteration: false, lemma: false, root: false, tags: false };

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
  const empty = answer.state === 'here' && answer.value.hits === 0;
  const place = failure?.problem.parameter === 'q' ? failure.problem.column : undefined;
  const folded = narrow.value && !empty;
  const actions = (
    <>
      <a class="button" href={`/notes?new=yes&q=${encodeURIComponent(q)}`}>
        {t('note_on_query')}
      </a>
      {asQuery ? (
        <a class="button" href={`/notes?kind=query&new=yes&q=${encodeURIComponent(q)}`}>
          {t('save_query')}
        </a>
      ) : null}
      <CopyLink />
      {asQuery && !empty ? <Exports asked={asked} view={view} /> : null}
    </>
  );
  return (
    <div class="search">
      <h1 class="hidden-text">{t('search')}</h1>
      <Box
        value={q}
        errorAt={place}
        failing={answer.state === 'here' && asQuery ? answer.value.failing.flatMap((clause) => clauseIn(q, clause) ?? []) : undefined}
        describedBy={failure ? 'query-error' : undefined}
        run={(text) => go(building ? withParameters({ q: text, page: undefined }) : searchAddress(text))}
      />
      <p class="build">
        <a href={withParameters({ build: building ? undefined : 'yes' })} data-keep="" data-key="KeyB">
          {t(building ? 'builder_close' : 'builder_open')}
        </a>
      </p>
      {building ? <Builder q={q} /> : null}
      {q.trim() === '' ? <Empty /> : failure ? <NotFound q={q} failure={failure} asQuery={asQuery} /> : null}
      {q.trim() === '' || failure ? null : (
        <>
          {asQuery ? null : <Meanings q={q} but={isRootItself} />}
          <div class="found-line">
            <Summary answer={answer} q={q} />
            {folded ? null : <div class="row">{actions}</div>}
          </div>
          {empty ? null : (
            <SearchTools asked={asked} view={view} asQuery={asQuery}>
              {folded ? actions : null}
            </SearchTools>
          )}
          <Results answer={answer} asked={asked} view={view} />
        </>
      )}
    </div>
  );
}

/** Before anything is asked. */
function Empty() {
  return (
    <>
      <p class="muted">
        {t('search_hint')} <a href="/notes?kind=query">{t('saved_queries')}</a>
      </p>
      <Tries />
    </>
  );
}

/** Words that are not Arabic are not searched for in the text; what else they may mean was looked for before. */
function NotFound({ q, failure, asQuery }: { q: string; failure: Failure; asQuery: boolean }) {
  const answer = useAnswer(asQuery ? null : `meanings ${language.value} ${q}`, () => destinationsOf(q));
  const { detail = '', cure } = failure.problem;
  // The Quran has no such verse; another corpus would not have it either.
  if (failure.status === 404 && /^(?:surah|the Quran) /.test(cure ?? '')) return <NoSuchVerse detail={detail} cure={cure} />;
  // Of Arabic words the server says what is wrong with their signs.
  if (asQuery || failure.status !== 400 || hasArabic(q)) return <QueryError q={q} failure={failure} />;
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
      <Said detail={detail} cure={cure} />
    </div>
  );
}

/** What words may mean, once that is known. */
function useMeanings(q: string): readonly Destination[] {
  const answer = useAnswer(`meanings ${language.value} ${q}`, () => destinationsOf(q));
  return answer.state === 'here' ? answer.value : [];
}

const isRootItself = (one: Destination): boolean => one.kind === 'root' && one.certain === true;

/** What else the words may mean: a surah, a root; all `but` those that are said elsewhere. */
const Meanings = ({ q, but = () => false }: { q: string; but?: (one: Destination) => boolean }) => <Destinations list={useMeanings(q).filter((one) => one.kind !== 'text' && !but(one))} />;

/** With the surah that was meant, if that is one. */
function NoSuchVerse({ detail, cure }: { detail: string; cure: string | undefined }) {
  const surah = /^verse (\d+):/.exec(detail)?.[1] ?? '';
  return (
    <div class="notice" id="query-error" role="alert">
      <Said detail={detail} cure={cure} />
      <Meanings q={surah} />
    </div>
  );
}

function Destinations({ list }: { list: readonly Destination[] }) {
  if (list.length === 0) return null;
  return (
    <p class="meanings">
      <span class="muted">{t('also')}</span>
      {list.map((one) => (
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

/** Who types a root may want all of its words, of which what was typed is one or none. */
function RootsMeant({ q }: { q: string }) {
  const roots = useMeanings(q).filter(isRootItself);
  return (
    <>
      {roots.map(({ to, arabic = '', count = 0 }) => (
        <p key={to} class="root-meant">
          <a href={to}>
            {t('kind_root')} <Arabic text={arabic} />: {t('words', { n: count })}
          </a>
        </p>
      ))}
    </>
  );
}

function Summary({ answer, q }: { answer: Answer<Found>; q: string }) {
  if (answer.state !== 'here') return <p class="summary">{'\u00a0'}</p>;
  const { hits, verses, partial, notes, steps, ms } = answer.value;
  const loose = [...new Map(steps.filter((one) => one.step !== 'exact').map((one) => [`${one.value} ${one.step}`, one])).values()];
  return (
    <div class="summary" role="status">
      <p>
        <strong>{t('hits', { n: hits })}</strong> {hits === 0 ? null : t('in_verses', { n: verses })} <span class="muted">{t('took', { time: ms < 10 ? ms.toFixed(1) : number(Math.round(ms)) })}</span>
        {partial ? <span class="tag bad">{t('partial')}</span> : null}
      </p>
      {isQuery(q) ? null : <RootsMeant q={q} />}
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
  return <Said detail={note} muted />;
}

function Results({ answer, asked, view }: { answer: Answer<Found>; asked: Asked; view: View }) {
  if (answer.state === 'waiting') return <Waiting />;
  if (answer.state === 'failed') return null;
  const { lines, translated, pages, hits, grouping } = answer.value;
  if (hits === 0) return <Nothing found={answer.value} asQuery={isQuery(asked.q)} />;
  if (view === 'collocates') return <Collocates asked={asked} />;
  if (asked.page > pages) return <Beyond pages={pages} />;
  return (
    <>
      {grouping && view === 'groups' ? (
        <Groups grouping={grouping} />
      ) : grouping && view === 'spread' ? (
        <Spread grouping={grouping} q={asked.q} />
      ) : view === 'verses' ? (
        <VersesFound lines={lines} translated={translated} q={asked.q} />
      ) : (
        <>
          {lines.length > 0 ? <Lines lines={lines} title={t('view_lines')} labels={labelsOf(asked.q)} to={(place) => readerAddress(place, asked.q)} /> : null}
          {translated.length > 0 ? <TranslatedLines list={translated} q={asked.q} /> : null}
        </>
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

const TranslatedText = ({ pieces }: { pieces: Translated['pieces'] }) => <>{pieces.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : text))}</>;

/** Translations in which the words were found, a line for each. */
function TranslatedLines({ list, q }: { list: readonly Translated[]; q: string }) {
  return (
    <section class="translated">
      <h2>{t('step_translation')}</h2>
      <ul>
        {list.map((one, index) => (
          <li key={index}>
            <a class="ref" href={readerAddress(one.verse, q)}>
              <bdi>{one.verse}</bdi>
            </a>
            <span lang={one.language} dir="auto">
              <TranslatedText pieces={one.pieces} />
            </span>
            {one.by ? (
              <span class="muted">
                <bdi>{one.by}</bdi>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The verses of the hits on this page, each once, with their hits marked. */
function VersesFound({ lines, translated, q }: { lines: readonly Line[]; translated: readonly Translated[]; q: string }) {
  const marked = new Map<string, Map<number, Set<number> | null>>(translated.map((one) => [one.verse, new Map()]));
  for (const line of lines) {
    if (line.from.length < 3) marked.set(line.verse, marked.get(line.verse) ?? new Map());
    else mark(marked, line.from, line.to);
  }
  const segmented = lines.some((line) => line.from.length > 3);
  const verses = translated.length > 0 ? [...marked.keys()].sort(comparePlaces) : [...marked.keys()];
  const answer = useAnswer(`found ${String(segmented)} ${verses.join()}`, () =>
    Promise.all(verses.map((verse) => getVerses(verse, { layers: segmented ? ['words', 'segments', 'translations'] : ['words', 'translations'] }).then((found) => found.verses[0]!))),
  );
  if (answer.state !== 'here') return <Waiting />;
  return (
    <div class="verses found">
      {answer.value.map((verse: Verse) => (
        <article key={verse.verse} class="verse" aria-label={verse.verse}>
          <VerseText verse={verse} layers={plain} hits={marked.get(verse.verse)} linkTo={(n) => readerAddress(`${verse.verse}:${n}`, q)} />
          {((verse.translations ?? []) as readonly { text?: string; language?: string }[]).map((one, index) => (
            <p key={index} class="translation" lang={one.language} dir="auto">
              <TranslatedText pieces={translated.find((found) => found.verse === verse.verse && found.pieces.map(({ text }) => text).join('') === one.text)?.pieces ?? [{ text: one.text ?? '', hit: false }]} />
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
