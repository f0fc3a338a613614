// A list that a button opens. It closes by Escape, and when the focus leaves it.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface Props {
  readonly title: ComponentChildren;
  readonly label?: string;
  /** For a button that is only a picture. */
  readonly plain?: boolean;
  /** That opens it (keys.ts). */
  readonly pressedBy?: string;
  readonly children: (close: () => void) => ComponentChildren;
}

export function Menu({ title, label, plain = false, pressedBy, children }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  function close() {
    if (!box.current) return;
    box.current.open = false;
    box.current.querySelector('summary')?.focus();
  }
  return (
    <details
      class={plain ? 'menu plain' : 'menu'}
      ref={box}
      onKeyDown={(event) => {
        if (event.code !== 'Escape' || !box.current?.open) return;
        close();
        event.stopPropagation();
      }}
      onFocusOut={(event) => {
        const next = event.relatedTarget as Node | null;
        if (next !== null && box.current && !box.current.contains(next)) box.current.open = false;
      }}
    >
      <summary aria-label={label} title={label} data-key={pressedBy}>
        {title}
      </summary>
      <ul>{children(close)}</ul>
    </details>
  );
}
