// The reader, its layers, a word beside the text.
import assert from 'node:assert/strict';
import { copied, get, goTo, isAt, open, settled, starter, texts } from './support.mjs';

export const tests = {
  async 'a word opens beside the text, by keys alone'() {
    const { page, close } = await open(`${starter}/112`);
    await page.locator('[data-verse="112:1"] a.w').first().focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('.panel .word-large').waitFor();
    await isAt(page, '/112:1:3');
    const { word } = await get(starter, '/api/v1/words/112:1:3');
    assert.equal(await page.locator('.panel .word-large').textContent(), word.word);
    // What values are called is asked for after the word.
    await page.locator('.panel', { hasText: 'proper noun' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.pathname === '/112:1');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-word') === '3');
    // The address is enough to come back, and so is the browser's button.
    await page.goBack();
    await page.locator('.panel .word-large').waitFor();
    await page.reload();
    await page.locator('.panel .word-large').waitFor();
    await isAt(page, '/112:1:3');
    await close();
  },

  async 'on a narrow page a word is seen above what is known of it, and closing that does not move the text'() {
    const { page, close } = await open(`${starter}/98`, { width: 360, height: 780 });
    const word = page.locator('[data-verse="98:6"] a.w').last();
    await word.scrollIntoViewIfNeeded();
    // At the bottom, where the panel comes.
    await word.evaluate((link) => window.scrollBy(0, link.getBoundingClientRect().bottom - window.innerHeight + 10));
    await word.click();
    await page.locator('.panel .word-large').waitFor();
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('.w.current').getBoundingClientRect();
      return top >= document.querySelector('.top').getBoundingClientRect().bottom && bottom <= document.querySelector('.panel').getBoundingClientRect().top;
    });
    await settled(page);
    const before = await page.evaluate(() => window.scrollY);
    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'detached' });
    await settled(page);
    assert.equal(await page.evaluate(() => window.scrollY), before);
    await close();
  },

  async 'layers are in the address'() {
    const { page, close } = await open(`${starter}/112`);
    await page.getByLabel('Tags').check();
    await isAt(page, '/112?layers=colours,tags,translations');
    await page.locator('.tags').first().waitFor();
    await page.reload();
    await page.locator('.tags').first().waitFor();
    assert.equal(await page.getByLabel('Tags').isChecked(), true);
    await close();
  },

  async 'translations are not offered where there are none'() {
    const { page, close } = await open(`${starter}/help`);
    await page.route('**/api/v1/notes?kinds=translation&limit=1', (route) => route.fulfill({ json: { total: 0, documents: [], next: null } }));
    await goTo(page, '/112');
    const layer = page.getByLabel('Translation', { exact: true });
    assert.deepEqual([await layer.isDisabled(), await layer.isChecked()], [true, false]);
    await page.locator('[data-verse="112:1"] summary').click();
    await page.getByRole('button', { name: 'As stored' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'With translation' }).count(), 0);
    await close();
  },

  async 'a verse is copied in four forms'() {
    const { page, close } = await open(`${starter}/112`);
    const { verses } = await get(starter, '/api/v1/verses/112:1?layers=translations');
    const is_copied = async (name, text) => {
      await page.locator('[data-verse="112:1"] summary').click();
      await page.getByRole('button', { name, exact: true }).first().click();
      // Some forms ask the server first.
      await copied(page, (found) => found === text);
    };
    await is_copied('As stored', verses[0].text);
    await is_copied('Without vowels', 'قل هو ٱلله أحد');
    await is_copied('With reference', `${verses[0].text} (\u2066112:1\u2069)`);
    await is_copied('With translation', `${verses[0].text} (\u2066112:1\u2069)\n${verses[0].translations[0].text}`);
    await close();
  },

  async 'hits stay marked in the text'() {
    const { page, close } = await open(`${starter}/search?q=[pos="PN"]&page=9999`);
    // Beyond the last page is the last one.
    await page.waitForFunction(() => !new URL(location.href).searchParams.get('page')?.startsWith('9999'));
    await page.goto(`${starter}/search?q=[pos="PN"] within <surah n="112"/>`);
    await page.locator('.kwic .match a').first().click();
    await page.locator('.verse-text .hit').first().waitFor();
    const { results } = await get(starter, '/api/v1/query?q=[pos="PN"] within <surah n="112"/>');
    assert.deepEqual(await texts(page, '.verse-text .hit > .text'), results.map((hit) => hit.match.join(' ')));
    await page.keyboard.press('Escape');
    await page.locator('.hit-bar [rel=next]').click();
    await page.waitForURL((url) => url.pathname === `/${results[1].start.split(':').slice(0, 2).join(':')}`);
    await page.getByRole('link', { name: 'Without the hits' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.verse-text .hit').length === 0);
    await close();
  },

  async 'of a word that is partly in a hit only that part is marked'() {
    for (const layers of ['colours', 'none']) {
      const { page, close } = await open(`${starter}/112?layers=${layers}&q={pos="DET"}`);
      await page.locator('.verse-text .hit-segment').first().waitFor();
      const { results } = await get(starter, '/api/v1/query?q={pos="DET"} within <surah n="112"/>');
      const words = await Promise.all(results.map(({ start }) => get(starter, `/api/v1/words/${start.split(':').slice(0, 3).join(':')}`)));
      assert.deepEqual(await texts(page, '.verse-text .hit-segment'), words.map(({ word }) => word.segments[0].segment));
      assert.equal(await page.locator('.verse-text .hit').count(), 0);
      await close();
    }
  },
};
