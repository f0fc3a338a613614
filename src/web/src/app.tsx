import { useEffect } from 'preact/hooks';
import { t } from './i18n';
import { corpora } from './importing';
import { press } from './keys';
import { Box } from './parts/box';
import { OtherCorpus } from './parts/permalink';
import { SiteMenu } from './parts/site_menu';
import { address, route } from './router';
import { Help } from './screens/help';
import { Import, ImportRunning } from './screens/import';
import { Lexeme } from './screens/lexeme';
import { List } from './screens/list';
import { Lists } from './screens/lists';
import { Missing } from './screens/missing';
import { Notes } from './screens/notes';
import { Reader } from './screens/reader';
import { Search } from './screens/search';
import { Start } from './screens/start';
import { Tree } from './screens/tree';

export function App() {
  useKeys();
  const at = route.value;
  const own_box = at.screen === 'start' || at.screen === 'search';
  return (
    <>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <header class="top">
        <a class="brand" href="/" aria-label={`Kalima, ${t('start')}`}>
          <img src={new URL('./icon.svg', import.meta.url).pathname} alt="" width="28" height="28" />
          <span>Kalima</span>
        </a>
        {own_box ? <span class="fill" /> : <Box />}
        <SiteMenu />
      </header>
      <main id="main" tabIndex={-1}>
        <OtherCorpus key={`c${corpora.value}`} />
        {at.screen === 'import' ? null : <ImportRunning />}
        <Screen key={`${corpora.value} ${at.screen === 'reader' ? 'reader' : address.value.pathname}`} />
      </main>
      <footer class="foot">
        <p>
          {t('sources')}: <a href="https://tanzil.net">Tanzil</a> · <a href="https://corpus.quran.com">Quranic Arabic Corpus</a> · <a href="/help#sources">{t('more')}</a>
        </p>
      </footer>
    </>
  );
}

function Screen() {
  const at = route.value;
  switch (at.screen) {
    case 'start':
      return <Start />;
    case 'search':
      return <Search />;
    case 'notes':
      return <Notes />;
    case 'help':
      return <Help />;
    case 'lists':
      return <Lists />;
    case 'list':
      return <List list={at.list} />;
    case 'import':
      return <Import />;
    case 'reader':
      return <Reader range={at.range} word={at.word} />;
    case 'tree':
      return <Tree verse={at.verse} />;
    case 'root':
    case 'lemma':
      return <Lexeme kind={at.screen} name={at.name} />;
    case 'missing':
      return <Missing />;
  }
}

function useKeys() {
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
