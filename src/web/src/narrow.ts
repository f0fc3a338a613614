// Whether the page is narrow. What is then behind a button is beside the rest elsewhere.
import { signal } from '@preact/signals';

const query = window.matchMedia('(max-width: 40rem)');
export const narrow = signal(query.matches);
query.addEventListener('change', () => (narrow.value = query.matches));
