// Whether the page is narrow. What a button opens there is beside the rest elsewhere.
import { signal } from '@preact/signals';

const query = window.matchMedia('(max-width: 40rem)');
export const narrow = signal(query.matches);
query.addEventListener('change', () => (narrow.value = query.matches));
