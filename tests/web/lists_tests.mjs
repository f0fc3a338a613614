// Lists of roots, words and so on.
import assert from 'node:assert/strict';
import { at, get, goTo, open, settled, starter, texts, trees } from './support.mjs';

const values = '.listed tbody th bdi';
const lists = (await get(starter, '/api/v1/attributes')).attributes;

export const tests = {
  async 'every list says what the API says, leads on, and is found again'() {
    const { page, close } = await open(`${trees}/lists`);
    const links = await page.locator('.list-links a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    for (const list of ['roots', 'lemmas', 'words', 'tags', 'relations', 'ngrams']) assert.ok(links.includes(`/lists/${list}`), list);
    assert.equal(links.includes('/lists/endings'), lists.some(({ name, values: n }) => name === 'rhyme' && n > 0));
    for (const link of links) {
      await goTo(page, link);
      const { rows, rows_total } = await get(trees, `/api/v1/statistics/${{ '/lists/ngrams': 'ngrams' }[link] ?? `frequencies?by=${{ roots: 'root', lemmas: 'lemma', words: 'word', tags: 'pos', relations: 'relation', endings: 'rhyme' }[link.slice(7)]}&q=${{ tags: '%7B%7D', relations: '%7B%7D', endings: '%5B%5D%20%3C/verse%3E' }[link.slice(7)] ?? '%5B%5D'}&limit=100`}`);
      assert.match(await page.locator('.list > [role=status]').textContent(), new RegExp(`^${rows_total.toLocaleString('en')} entr`), link);
      // Beside the name of a tag or relation is what the query language calls it.
      const codes = await texts(page, '.listed tbody th code');
      const shown = await texts(page, values);
      assert.equal(shown.length, Math.min(rows.length, 100), link);
      for (const [index, row] of rows.slice(0, 30).entries()) {
        const value = row.values[0];
        assert.ok(shown[index].replaceAll(' ', '') === value.replaceAll(' ', '') || codes.includes(value), `${link}: ${value} is ${shown[index]}`);
      }
      // The first entry has as many hits as it says.
      const times = (await page.locator('.listed tbody tr').first().locator('td.number:not(.muted)').textContent()).replaceAll(',', '');
      const to = await page.locator('.listed tbody th a').first().getAttribute('href');
      await goTo(page, to);
      await page.getByText(new RegExp(`\\b${Number(times).toLocaleString('en')} (?:hits?|words?)\\b`)).first().waitFor();
    }
    await close();
  },

  async 'a list is filtered, sorted, narrowed and taken along, and its address says how'() {
    const { page, close } = await open(`${starter}/`);
    await page.locator('a[href="/lists/words"]').click();
    await settled(page);
    await page.getByRole('searchbox').fill('رب');
    await page.waitForURL((url) => url.searchParams.get('filter') === 'رب');
    await page.getByRole('link', { name: 'Word', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('sort') === 'value');
    await page.waitForFunction(() => [...document.querySelectorAll('.listed tbody th bdi')].every((word) => word.textContent.replace(/[\p{M}ـ]/gu, '').includes('رب')));
    const found = await texts(page, values);
    assert.ok(found.length >= 3 && found.every((word) => word.replace(/[\p{M}ـ]/gu, '').includes('رب')), found.join());
    assert.equal(await page.locator('[aria-sort=ascending]').textContent(), 'Word');
    await page.locator('.options select').nth(1).selectOption('1');
    await page.waitForURL((url) => url.searchParams.get('surah') === '1');
    await page.waitForFunction((before) => document.querySelectorAll('.listed tbody tr').length < before, found.length);
    const narrowed = await texts(page, values);
    assert.ok(narrowed.length > 0 && narrowed.length < found.length);
    // The file has the rows of the screen.
    await page.getByText('Export').click();
    const file = await page.request.get(new URL(await page.getByRole('link', { name: 'TSV' }).getAttribute('href'), starter).href);
    const rows = (await file.text()).trim().split('\n').filter((line) => !line.startsWith('#'));
    assert.deepEqual(rows.slice(1).map((line) => line.split('\t')[0]), narrowed);
    const address = at(page);
    await close();
    const again = await open(starter + address, { language: 'ar' });
    assert.deepEqual(await texts(again.page, values), narrowed);
    await again.page.getByRole('searchbox').fill('ظظظ');
    await again.page.locator('.empty').waitFor();
    await again.close();
  },

  async 'tags are filtered by their names in both languages; runs by their length; long lists have pages'() {
    for (const [language, filter] of [['en', 'prep'], ['ar', 'جر'], ['ar', 'P']]) {
      const { page, close } = await open(`${starter}/lists/tags?filter=${encodeURIComponent(filter)}`, { language });
      assert.ok((await texts(page, '.listed tbody th code')).includes('P'), `${language} ${filter}`);
      await close();
    }
    const { page, close } = await open(`${starter}/lists/ngrams?of=word&from=4&to=4`);
    const runs = await texts(page, values);
    assert.ok(runs.length > 0 && runs.every((run) => run.split(' ').length === 4));
    await goTo(page, '/lists/words?only=once');
    const first = await texts(page, values);
    assert.equal(first.length, 100);
    await page.keyboard.press(']');
    await page.waitForURL((url) => url.searchParams.get('page') === '2');
    await settled(page);
    await page.waitForFunction((word) => document.querySelector('.listed tbody th bdi').textContent !== word, first[0]);
    for (const hits of await texts(page, '.listed td.number:not(.muted)')) assert.equal(hits, '1');
    await goTo(page, '/root/rHm');
    await page.getByRole('link', { name: 'all roots' }).click();
    await page.waitForURL((url) => url.pathname === '/lists/roots');
    await settled(page);
    await close();
  },
};
