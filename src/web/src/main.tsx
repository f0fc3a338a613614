import './style/index.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app';
import { loadTexts } from './i18n';
import { language, theme } from './settings';
import { probe } from './text/joins';

effect(() => {
  const root = document.documentElement;
  if (theme.value === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme.value;
});

await loadTexts();
effect(() => {
  void language.value;
  void loadTexts();
});
render(<App />, document.getElementById('page')!);

void document.fonts.load('32px "Kalima Quran"', 'بسم').then(probe, () => undefined);
