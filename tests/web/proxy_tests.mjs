// The page below a path, behind a proxy that passes the path on or takes it away.
import assert from 'node:assert/strict';
import http from 'node:http';
import { copied, isAt, open, serve, settled, stop } from './support.mjs';

const base = '/quran';

/** Passes on what is below the base path; all else is of another program. */
function proxy(server, strips) {
  const strangers = [];
  const listener = http.createServer((request, response) => {
    if (!request.url.startsWith(`${base}/`)) {
      strangers.push(request.url);
      response.writeHead(404).end();
      return;
    }
    const path = strips ? request.url.slice(base.length) : request.url;
    const inner = http.request(server + path, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    inner.on('error', () => response.destroy());
    request.pipe(inner);
  });
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => resolve({ address: `http://127.0.0.1:${listener.address().port}`, strangers, close: () => listener.close() }));
  });
}

export const tests = {
  async 'behind a proxy, below a path, all leads on and nothing leaves the path'() {
    const server = await serve('trees.db', 0, ['--base-path', 'quran']);
    for (const strips of [false, true]) {
      const outer = await proxy(server, strips);
      const { page, seen, close } = await open(`${outer.address}${base}/`);
      await page.locator('.card').first().click();
      await page.locator('.kwic .match a').first().click();
      await page.locator('.panel a.relation').first().click();
      await page.locator('.tree-words, .tree-rows').first().waitFor();
      await isAt(page, /^\/quran\/tree\//);
      // Reload, back, and a link as it is copied.
      await page.reload();
      await settled(page);
      await isAt(page, /^\/quran\/tree\//);
      await page.goBack();
      await isAt(page, /^\/quran\/\d/);
      await settled(page);
      await page.locator('a.brand').click();
      await isAt(page, '/quran/');
      await settled(page);
      await page.locator('#box').fill('[pos="N"]');
      await page.keyboard.press('Enter');
      await page.locator('.kwic').waitFor();
      await page.getByRole('button', { name: 'Copy link' }).click();
      await copied(page, (link) => link.startsWith(`${outer.address}${base}/search?q=`));
      await page.getByText('Export').click();
      const file = await page.request.get(new URL(await page.getByRole('link', { name: 'TSV' }).getAttribute('href'), outer.address).href);
      assert.equal(file.status(), 200);
      // A note is written through it.
      await page.goto(`${outer.address}${base}/notes?new=yes&at=1:1`);
      await settled(page);
      await page.locator('textarea').first().fill(`passed ${strips}`);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(`passed ${strips}`).waitFor();
      await page.goto(`${outer.address}${base}/lists/roots`);
      await settled(page);
      await page.locator('.listed tbody th a').first().click();
      await page.waitForURL((url) => url.pathname.startsWith('/quran/root/'));
      await settled(page);
      assert.deepEqual(outer.strangers, []);
      for (const url of seen.requests) assert.ok(new URL(url).pathname.startsWith(`${base}/`), url);
      await close();
      outer.close();
    }
    assert.equal(await stop(server), 0);
  },
};
