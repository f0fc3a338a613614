// What every page leads to: the other screens, the colours and the language.
import type { ComponentChildren } from 'preact';
import { t, type Key } from '../i18n';
import { narrow } from '../narrow';
import { route } from '../router';
import { language, theme, themes, type Theme } from '../settings';
import { Menu } from './menu';

const screens = ['lists', 'notes', 'import', 'help'] as const;
const titles: Readonly<Record<(typeof screens)[number], Key>> = { lists: 'lists', notes: 'notes', import: 'import_short', help: 'help' };

const ThemeChoice = () => (
  <label class="theme">
    {t('theme')}{' '}
    <select value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
      {themes.map((one) => (
        <option key={one} value={one}>
          {t(`theme_${one}`)}
        </option>
      ))}
    </select>
  </label>
);

const LanguageButton = () => (
  <button type="button" class="plain language" lang={language.value === 'ar' ? 'en' : 'ar'} onClick={() => (language.value = language.value === 'ar' ? 'en' : 'ar')}>
    {language.value === 'ar' ? 'English' : 'العربية'}
  </button>
);

export function SiteMenu() {
  const at = route.value.screen;
  const links = (leave?: () => void) =>
    screens.map((screen) => (
      <a key={screen} href={`/${screen}`} aria-current={at === screen ? 'page' : undefined} onClick={leave}>
        {t(titles[screen])}
      </a>
    ));
  const inList = (item: ComponentChildren, index: number) => <li key={index}>{item}</li>;
  return (
    <nav aria-label={t('site_menu')}>
      {narrow.value ? (
        <>
          <LanguageButton />
          <Menu title={t('menu')}>{(close) => [...links(close), <ThemeChoice key="theme" />].map(inList)}</Menu>
        </>
      ) : (
        <>
          {links()}
          <ThemeChoice />
          <LanguageButton />
        </>
      )}
    </nav>
  );
}
