import { useEffect } from 'preact/hooks';
import { t } from './i18n';
import { Box } from './parts/box';
import { OtherCorpus } from './parts/permalink';
import { address, route } from './router';
import { language, letterKeys, theme, type Theme } from './settings';
import { Help } from './screens/help';
import { Lexeme } from './screens/lexeme';
import { Missing } from './screens/missing';
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
        <nav aria-label={t('settings')}>
          <a href="/help" aria-current={at.screen === 'help' ? 'page' : undefined}>
            {t('help')}
          </a>
          <label>
            <span class="hidden-text">{t('theme')}</span>
            <select value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
              <option value="auto">{t('theme_auto')}</option>
              <option value="light">{t('theme_light')}</option>
              <option value="dark">{t('theme_dark')}</option>
            </select>
          </label>
          <button
            type="button"
            class="plain language"
            lang={language.value === 'ar' ? 'en' : 'ar'}
            onClick={() => (language.value = language.value === 'ar' ? 'en' : 'ar')}
          >
            {language.value === 'ar' ? 'English' : 'العربية'}
          </button>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <OtherCorpus />
        <Screen key={at.screen === 'reader' ? 'reader' : address.value.pathname} />
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
    case 'help':
      return <Help />;
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

/** The box by `/` or Ctrl-K, by the place of the key, so that it works with an Arabic keyboard. */
function useKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;
      const command = (event.ctrlKey || event.metaKey) && event.code === 'KeyK';
      const slash = letterKeys.value && event.code === 'Slash' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!command && !slash) return;
      event.preventDefault();
      const box = document.getElementById('box') as HTMLInputElement | null;
      box?.focus();
      box?.select();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
