import { useEffect, useRef } from 'preact/hooks';

/** For what opens a form: it gets the focus back when the form is closed. */
export function useFocusBack<Target extends HTMLElement>(open: boolean) {
  const target = useRef<Target>(null);
  const was_open = useRef(open);
  useEffect(() => {
    if (was_open.current && !open) target.current?.focus();
    was_open.current = open;
  }, [open]);
  return target;
}
