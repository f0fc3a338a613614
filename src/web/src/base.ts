// Where the page is. Behind a proxy all its addresses may begin with a path, such as /quran. No address within the page has
// it: links get it when they are drawn, requests when they are sent, and the address bar from router.ts.
import { options } from 'preact';

// Of this script, which is in a folder of the page.
const here = import.meta.url;
/** "/quran", or "" where the page is at the root. */
export const base = new URL('..', here).pathname.replace(/\/$/, '');

/** A path of the address bar, as it is called within the page. */
export const withinPage = (path: string): string => (base !== '' && (path === base || path.startsWith(`${base}/`)) ? path.slice(base.length) || '/' : path);

const drawn = options.vnode;
options.vnode = (vnode) => {
  const { props } = vnode as { props: { href?: unknown } };
  if (base !== '' && vnode.type === 'a' && typeof props.href === 'string' && props.href.startsWith('/')) props.href = base + props.href;
  drawn?.(vnode);
};
