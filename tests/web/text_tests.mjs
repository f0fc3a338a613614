// The text as it is stored, and how it is drawn.
import assert from 'node:assert/strict';
import { at, browser, get, open, starter } from './support.mjs';

/** Asks the browser which fonts draw what a selector finds, of which there is something. Gives how many it finds. */
export async function drawnByOurFont(page, selector) {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  assert.ok(nodeIds.length > 0);
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
    assert.deepEqual(fonts.map((font) => [font.familyName, font.isCustomFont]), [['Kalima Quran', true]]);
  }
  await session.detach();
  return nodeIds.length;
}

export const tests = {
  async 'every text is that of the API, colours on and off'() {
    for (const layers of ['colours', 'none', 'colours,gloss,transliteration,lemma,root,tags']) {
      for (const surah of [1, 93, 98, 112]) {
        const { page, close } = await open(`${starter}/${surah}?layers=${layers}`);
        const { verses } = await get(starter, `/api/v1/verses/${surah}`);
        await page.locator('.verse').last().scrollIntoViewIfNeeded();
        await page.waitForFunction(() => [...document.querySelectorAll('.verse')].every((verse) => verse.querySelector('.w')));
        const shown = await page.evaluate(() => [...document.querySelectorAll('.verse')].map((verse) => [...verse.querySelectorAll('.verse-text .text')].map((text) => text.textContent).join('')));
        assert.deepEqual(shown, verses.map((verse) => verse.text), `${surah} with ${layers}`);
        await close();
      }
    }
  },

  async 'coloured words are as wide as plain ones'() {
    const { page, close } = await open(`${starter}/98?layers=colours`);
    await page.locator('.verse').last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.querySelectorAll('.verse')].every((verse) => verse.querySelector('.w')));
    const differing = await page.evaluate(() =>
      [...document.querySelectorAll('.verse-text a.w .text')]
        .filter((text) => text.children.length > 1)
        .map((text) => {
          const plain = document.createElement('span');
          plain.className = 'quran probe verse-text';
          plain.textContent = text.textContent;
          plain.style.fontSize = getComputedStyle(text).fontSize;
          text.closest('.verses').append(plain);
          const difference = Math.abs(plain.getBoundingClientRect().width - text.getBoundingClientRect().width);
          plain.remove();
          return [text.textContent, difference];
        }),
    );
    assert.ok(differing.length >= 20, `${differing.length} words`);
    for (const [word, difference] of differing) assert.ok(difference < 0.5, `${word} differs by ${difference}`);
    await close();
  },

  async 'where letters would come apart, words stay whole'() {
    const { page, close } = await open(`${starter}/112?layers=colours`, {
      before: () => {
        // A browser in which a coloured word is wider.
        const measure = Element.prototype.getBoundingClientRect;
        Element.prototype.getBoundingClientRect = function () {
          const box = measure.call(this);
          return this.parentElement?.classList.contains('probe') && this.children.length > 1 ? new DOMRect(box.x, box.y, box.width + 4, box.height) : box;
        };
      },
    });
    await page.waitForFunction(() => document.querySelectorAll('[data-parts]').length > 0);
    assert.equal(await page.locator('.verse-text a.w span[class^=pos-]').count(), 0);
    assert.ok(await page.evaluate(() => CSS.highlights.get('pos-verb').size > 0 && CSS.highlights.get('pos-pronoun').size > 0));
    await close();
  },

  async 'the text is drawn by our font alone'() {
    const { page, close } = await open(`${starter}/98?layers=colours`);
    assert.equal(await drawnByOurFont(page, '.verse-text'), 8);
    await close();
  },

  async 'no ink is cut'() {
    const { page, close } = await open(`${starter}/98?layers=colours`);
    const hidden = await page.evaluate(() =>
      [...document.querySelectorAll('.quran')].flatMap((element) => {
        const found = [];
        for (let at = element; at && at !== document.body; at = at.parentElement) if (['hidden', 'clip'].includes(getComputedStyle(at).overflowY)) found.push(at.className);
        return found;
      }),
    );
    assert.deepEqual(hidden, []);
    await close();
  },

  async 'no ink is cut at the edge of a list that may scroll'() {
    const { page, close } = await open(`${starter}/lists/endings`, { language: 'ar', width: 360 });
    const before = await page.screenshot();
    await page.evaluate(() => document.querySelector('.list .scroll').style.setProperty('overflow', 'visible'));
    assert.ok(before.equals(await page.screenshot()));
    await close();
  },
};
