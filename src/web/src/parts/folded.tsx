// Choices in a row; on a narrow page they are behind a button.
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { narrow } from '../narrow';

export function Folded({ children }: { children: ComponentChildren }) {
  const options = <div class="options">{children}</div>;
  if (!narrow.value) return options;
  return (
    <details class="folded">
      <summary>{t('options')}</summary>
      {options}
    </details>
  );
}
