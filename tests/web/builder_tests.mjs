// Queries as cards, completed, and changed by clicks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { goTo, open, settled, starter, trees } from './support.mjs';

export const tests = {
  async 'a query is completed while it is typed, by keys alone'() {
    const { page, close } = await open(`${starter}/search?q=[pos="V"]`);
    const box = page.getByRole('combobox', { name: /verse/ });
    const complete = async (name) => {
      await page.getByRole('option', { name }).waitFor();
      for (let n = 0; n < 40 && !(await page.locator('[role=option][aria-selected=true]').filter({ hasText: name }).count()); n++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    };
    await box.fill('');
    await page.keyboard.type('[asp');
    await complete(/aspect/);
    await page.waitForFunction(() => document.getElementById('box').value === '[aspect="');
    await complete(/imperative/);
    await page.waitForFunction(() => document.getElementById('box').value === '[aspect="IMPV"');
    await page.keyboard.type(']');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === '[aspect="IMPV"]');
    await settled(page);
    await close();
  },

  async 'what a word is goes into the query'() {
    const { page, close } = await open(`${starter}/112:1:1?q=[pos="V"]`);
    await page.getByRole('link', { name: 'Add to the query: imperative' }).click();
    await page.waitForURL((url) => url.searchParams.get('q') === '[pos="V" & aspect="IMPV"]');
    await page.waitForFunction(() => document.querySelectorAll('.query-card .condition').length === 2);
    await settled(page);
    await close();
  },

  async 'a query is built without typing it'() {
    const { page, close } = await open(`${trees}/search?build=yes`);
    const asked = (query) => page.waitForURL((url) => url.searchParams.get('q') === query);
    const card = (n) => page.getByRole('group', { name: `Card ${n}` });
    await card(1).getByLabel('Value: part of speech').selectOption('V');
    await asked('[pos="V"]');
    await page.locator('.kwic').waitFor();
    await page.getByRole('button', { name: 'Add a gap' }).click();
    await page.getByRole('button', { name: 'Add a word' }).click();
    await card(3).getByLabel('Attribute').selectOption('root');
    await card(3).getByLabel('Value: root').selectOption('اله');
    await asked('[pos="V"] []{0,3} [root="اله"]');
    await card(1).getByLabel('Value: part of speech').selectOption('N');
    await page.getByLabel('Within one').selectOption('verse');
    await asked('[pos="V" | pos="N"] []{0,3} [root="اله"] within verse');
    await page.getByRole('button', { name: 'Remove: Card 2' }).click();
    await page.getByLabel('Between the cards').selectOption('dependent');
    await page.getByLabel('Relation', { exact: true }).selectOption('Subj');
    await asked('[pos="V" | pos="N"] -Subj-> [root="اله"] within verse');
    // What is typed is shown as cards, and what is more than cards is said to be.
    const query = page.getByRole('combobox', { name: /verse/ });
    await query.fill('{pos="P"} [pos="N"]+');
    await page.keyboard.press('Enter');
    await asked('{pos="P"} [pos="N"]+');
    await page.waitForFunction(() => document.querySelectorAll('.query-card').length === 2);
    await query.fill('([pos="V"] | [pos="N"]) [pos="P"]');
    await page.keyboard.press('Enter');
    await page.getByText('more than cards can show').waitFor();
    await page.reload();
    await page.getByText('more than cards can show').waitFor();
    await close();
    // Where there are many values, they are typed.
    const typed = await open(`${starter}/search?q=[root="رحم"]&build=yes`);
    await typed.page.getByLabel('Value: root').focus();
    await typed.page.keyboard.insertText('ملك');
    await typed.page.keyboard.press('Enter');
    await typed.page.waitForURL((url) => url.searchParams.get('q') === '[root="رحم" | root="ملك"]');
    await settled(typed.page);
    await typed.close();
  },

  async 'sixty queries are shown as cards, or said to be more'() {
    const queries = readFileSync(new URL('queries.txt', import.meta.url), 'utf8').trim().split('\n');
    const { page, close } = await open(`${trees}/search?q=[]&build=yes`);
    let shown = 0;
    for (const query of queries) {
      await goTo(page, `/search?build=yes&q=${encodeURIComponent(query)}`);
      await page.waitForFunction((text) => document.getElementById('box').value === text, query);
      // Cards, or the sentence that there are none.
      await page.waitForFunction(() => document.querySelector('.query-card') || document.querySelector('.builder > p'));
      const cards = await page.locator('.query-card').count();
      if (cards > 0) shown++;
      else assert.match(await page.locator('.builder > p').textContent(), /more than cards can show/);
      assert.equal(new URL(page.url()).searchParams.get('q'), query);
      assert.equal(await page.locator('#query-error').count(), 0, query);
    }
    assert.ok(shown >= 50, `${shown} are shown`);
    await close();
  },
};
