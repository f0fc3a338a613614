// Choices that a button opens on a narrow page.
import type { ComponentChildren } from 'preact';
import { narrow } from '../narrow';

export const Folded = ({ title, children }: { title: string; children: ComponentChildren }) =>
  narrow.value ? (
    <details class="folded">
      <summary>{title}</summary>
      {children}
    </details>
  ) : (
    <>{children}</>
  );
