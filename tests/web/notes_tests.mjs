// What the reader writes: kept through reloads, other tabs, changes elsewhere and a server that is gone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get, open, serve, stop, texts } from './support.mjs';

const server = await serve('notes.db');
/** Waits until what is in the form has been written; that another note was is said elsewhere on the page. */
async function saved(page) {
  await page.locator('.note-form').waitFor({ state: 'detached' });
  await page.locator('.note-done', { hasText: 'Saved.' }).first().waitFor();
}
const listed = (kinds = 'annotation,hypothesis,connections,tag') => get(server, `/api/v1/notes?kinds=${kinds}`).then(({ documents }) => documents);

export const tests = {
  async 'a note is written beside a verse, edited, removed and brought back, with its history'() {
    const { page, close } = await open(`${server}/112?layers=notes`);
    const verse = page.locator('[data-verse="112:1"]');
    await verse.getByRole('button', { name: 'New note' }).click();
    await page.getByLabel('Remark').fill('The first\nof two lines');
    await page.getByRole('textbox', { name: 'Tags' }).fill('unity, name');
    await verse.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    assert.equal(await verse.locator('.note-text').first().textContent(), 'The first\nof two lines');
    let [note] = await listed();
    assert.deepEqual([note.anchor.from, note.note, note.tags], ['112:1', 'The first\nof two lines', ['unity', 'name']]);
    await page.reload();
    await verse.locator('.note').waitFor();
    await verse.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Remark').fill('Changed');
    await verse.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    [note] = await listed();
    assert.deepEqual([note.note, note.tags], ['Changed', ['unity', 'name']]);
    await verse.getByRole('button', { name: 'History' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.note-history li').length === 2);
    await verse.locator('.note-history').getByRole('button', { name: 'Undo' }).first().click();
    await verse.locator('.note-text', { hasText: 'The first' }).waitFor();
    await verse.getByRole('button', { name: 'Remove' }).click();
    await verse.locator('.note').waitFor({ state: 'detached' });
    assert.deepEqual(await listed(), []);
    await verse.locator('.note-done').getByRole('button', { name: 'Undo' }).click();
    await verse.locator('.note').waitFor();
    assert.equal((await listed())[0].note, 'The first\nof two lines');
    await close();
  },

  async 'a change in another tab loses nothing'() {
    const first = await open(`${server}/notes?new=yes&at=112:2:1`);
    await first.page.getByLabel('Remark').fill('From the beginning');
    await first.page.getByRole('button', { name: 'Save' }).click();
    await saved(first.page);
    const second = await open(`${server}/notes`);
    const mine = (page) => page.locator('.note', { hasText: '112:2:1' });
    await mine(first.page).getByRole('button', { name: 'Edit' }).click();
    await mine(second.page).getByRole('button', { name: 'Edit' }).click();
    await mine(first.page).getByLabel('Remark').fill('Mine');
    await mine(second.page).getByLabel('Remark').fill('Theirs');
    await mine(second.page).getByRole('button', { name: 'Save' }).click();
    await saved(second.page);
    await mine(first.page).getByRole('button', { name: 'Save' }).click();
    await first.page.getByText('changed elsewhere').waitFor();
    assert.equal(await first.page.locator('.note-form blockquote').textContent(), 'Theirs');
    assert.equal(await first.page.getByLabel('Remark').inputValue(), 'Mine');
    assert.equal((await listed()).find((note) => note.anchor?.from === '112:2:1').note, 'Theirs');
    await first.page.getByRole('button', { name: 'Save mine over it' }).click();
    await saved(first.page);
    assert.equal((await listed()).find((note) => note.anchor?.from === '112:2:1').note, 'Mine');
    await first.close();
    await second.close();
  },

  async 'hypotheses have evidence, tags a name, and notes a query'() {
    const { page, close } = await open(`${server}/search?q=[pos="PN"]`);
    await page.getByRole('link', { name: 'Note', exact: true }).click();
    await page.getByLabel('Kind').last().selectOption('hypothesis');
    await page.getByLabel('Verse or words').fill('112:1:3-112:1:4');
    await page.getByLabel('What is supposed').fill('A name');
    await page.getByLabel('Evidence').fill('1:2 it is said so\n- 114:1 but not here');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    const [note] = await listed('hypothesis');
    assert.deepEqual([note.anchor.from, note.anchor.to, note.more.query], ['112:1:3', '112:1:4', '[pos="PN"]']);
    assert.deepEqual(note.evidence.map(({ verse, type, note: says }) => [verse, type, says]), [['1:2', 'supporting', 'it is said so'], ['114:1', 'counter', 'but not here']]);
    await page.getByRole('button', { name: 'New note' }).click();
    await page.getByLabel('Kind').last().selectOption('tag');
    await page.getByLabel('Name').fill('oath');
    await page.getByLabel('What is supposed').fill('Begins with an oath');
    await page.getByLabel('Evidence').fill('103:1\n- 112:1');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    assert.deepEqual((await listed('tag')).map(({ id, hypothesis, evidence }) => [id, hypothesis, evidence]), [['oath', 'Begins with an oath', { supporting: ['103:1'], counter: ['112:1'] }]]);
    await close();
  },

  async 'words are joined to words and verses, a pronoun to whom it means, and a place may have several spans'() {
    const { page, close } = await open(`${server}/notes`);
    const write = async (kind, place, values) => {
      await page.getByRole('button', { name: 'New note' }).click();
      await page.getByLabel('Kind').last().selectOption(kind);
      await page.getByLabel('Verse or words').fill(place);
      for (const [name, value] of values) await page.getByLabel(name).fill(value);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('.note-form').waitFor({ state: 'detached' });
    };
    await write('connections', '113:1', [['Other verses', '114:1 the same opening'], ['Words of the verse', '1-3 contrast: a reason']]);
    const [joined] = await listed('connections');
    assert.deepEqual(joined.external, [{ target: '114:1', note: 'the same opening' }]);
    assert.deepEqual(joined.internal, [{ from: 1, to: 3, type: 'contrast', note: 'a reason' }]);
    await write('pronoun', '112:3:3', [['Who or what is meant', 'God'], ['Kind of what is meant', 'name'], ['Evidence', '112:1 named there']]);
    const [pronoun] = await listed('pronoun');
    assert.deepEqual([pronoun.referent, pronoun.referent_type, pronoun.evidence[0].verse], ['God', 'name', '112:1']);
    await write('annotation', '113:2:1, 113:3:1-113:3:2', [['Remark', 'two places']]);
    const { id } = (await listed('annotation')).find(({ note }) => note === 'two places');
    const two = page.locator(`[data-note="${id}"]`);
    assert.equal(await two.locator('header a.ref').textContent(), '113:2:1, 113:3:1-113:3:2');
    // What a form does not change stays as it is.
    await two.getByRole('button', { name: 'Edit' }).click();
    await two.getByLabel('Remark').fill('two places, twice');
    await two.getByRole('button', { name: 'Save' }).click();
    await two.locator('.note-text', { hasText: 'two places, twice' }).waitFor();
    const changed = (await listed('annotation')).find(({ note }) => note === 'two places, twice');
    assert.deepEqual(changed.anchor.spans, [{ from: '113:2:1', to: '113:2:1' }, { from: '113:3:1', to: '113:3:2' }]);
    await close();
  },

  async 'a query is saved from its search, runs by its name, and is changed; so are lists of words'() {
    const { page, close } = await open(`${server}/search?q=[pos="PN"]`);
    await page.getByRole('link', { name: 'Save query' }).click();
    await page.getByLabel('Name').fill('names');
    await page.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    const [query] = await listed('query');
    assert.deepEqual([query.id, query.query], ['names', '[pos="PN"]']);
    await page.getByRole('button', { name: 'New note' }).click();
    await page.getByLabel('Kind').last().selectOption('list');
    await page.getByLabel('Name').fill('two');
    await page.getByLabel('Words').last().fill('ٱللَّه، رَبّ');
    await page.getByLabel('Values of').fill('lemma');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.note-form').waitFor({ state: 'detached' });
    assert.deepEqual((await listed('list')).map(({ id, items, attribute }) => [id, items, attribute]), [['two', ['ٱللَّه', 'رَبّ'], 'lemma']]);
    // Both are used by their names.
    for (const [q, hits] of [['@names', (await get(server, '/api/v1/query?q=[pos="PN"]')).hits], ['[lemma=$two]', (await get(server, `/api/v1/query?q=${encodeURIComponent('[lemma=="ٱللَّه" | lemma=="رَبّ"]')}`)).hits]]) {
      await page.goto(`${server}/search?q=${encodeURIComponent(q)}`);
      await page.getByText(new RegExp(`^${hits} hits`)).waitFor();
    }
    // They are offered while one types.
    for (const [typed, name, whole] of [['@na', 'names', '@names'], ['[lemma=$t', 'two', '[lemma=$two']]) {
      await page.locator('#box').fill(typed);
      await page.getByRole('option', { name: new RegExp(name) }).first().click();
      await page.waitForFunction((text) => document.getElementById('box').value === text, whole);
    }
    await page.goto(`${server}/notes?kind=query`);
    const note = page.locator('[data-note="names"]');
    assert.equal(await note.locator('header bdi').textContent(), '@names');
    await note.getByRole('button', { name: 'Edit' }).click();
    await note.getByLabel('Query').fill('[pos="PN" & case="GEN"]');
    await note.getByRole('button', { name: 'Save' }).click();
    await note.getByRole('link', { name: 'case="GEN"' }).waitFor();
    assert.equal((await listed('query'))[0].query, '[pos="PN" & case="GEN"]');
    await close();
  },

  async 'a saved list is shown in the words of the page'() {
    const list = { id: 'both', attribute: 'relation', items: ['Subj', 'Obj'] };
    assert.equal((await fetch(`${server}/api/v1/lists`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(list) })).status, 201);
    for (const [language, shown] of [['en', ['subject, object', 'relation']], ['ar', ['فاعل، مفعول به', 'العلاقة']]]) {
      const { page, close } = await open(`${server}/notes?kind=list`, { language });
      assert.deepEqual(await texts(page, '[data-note="both"] dd > span'), shown);
      await close();
    }
  },

  async 'the notes on screen are taken along as a file'() {
    const { page, close } = await open(`${server}/notes?tag=`);
    const file = async (name) => {
      await page.getByText('Export', { exact: true }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
      return readFileSync(await download.path(), 'utf8').trimEnd().split('\n');
    };
    const { documents } = await get(server, '/api/v1/notes?kinds=annotation,hypothesis,pronoun,connections,tag,pattern,query,subcorpus,list&sort=-modified&limit=500');
    assert.ok(documents.length > 5);
    assert.deepEqual((await file('JSON lines')).map((line) => JSON.parse(line)), documents);
    const [head, ...rows] = (await file('TSV')).map((line) => line.split('\t'));
    assert.deepEqual(rows.map((row) => row[head.indexOf('id')]), documents.map(({ id }) => id));
    assert.ok(rows.every((row) => row.length === head.length));
    await page.getByLabel('Kind').first().selectOption('query');
    await page.waitForURL((url) => url.searchParams.get('kind') === 'query');
    assert.deepEqual((await file('JSON lines')).map((line) => JSON.parse(line).kind), ['query']);
    await close();
  },

  async 'what was typed survives a server that is killed'() {
    const { page } = await open(`${server}/112?layers=notes`);
    const verse = page.locator('[data-verse="112:3"]');
    await verse.getByRole('button', { name: 'New note' }).click();
    await page.getByLabel('Remark').fill('Not lost');
    await stop(server, 'SIGKILL');
    await verse.getByRole('button', { name: 'Save' }).click();
    await page.getByText('kept in this browser').waitFor();
    const again = await serve('notes.db', new URL(server).port);
    assert.equal(again, server);
    await page.reload();
    await verse.getByLabel('Remark').waitFor();
    assert.equal(await verse.getByLabel('Remark').inputValue(), 'Not lost');
    await verse.getByRole('button', { name: 'Save' }).click();
    await saved(page);
    assert.ok((await listed()).some((note) => note.note === 'Not lost'));
    // What was written before is there too.
    assert.ok((await listed()).some((note) => note.note === 'The first\nof two lines'));
    await page.context().close();
  },
};
