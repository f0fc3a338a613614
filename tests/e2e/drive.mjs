// Drives the page in page/ in a browser, served by the real program.
//
// usage: node drive.mjs PROGRAM DATABASE CHROMIUM OUT      (run.sh does)
//
// DATABASE is an import of the fixture, to write to; screenshots and the browser's profile go into the folder OUT.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const [program, database, chromiumPath, out] = process.argv.slice(2);
const { chromium } = createRequire(path.join(out, 'package.json'))('playwright-core');
const page_folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'page');
const started = [];

async function serve(...args) {
  const child = spawn(program, ['serve', '--db', database, '--port', '0', '--static', page_folder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data)));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const address = /http:\/\/[^/]*/.exec(line)[0];
  return { address, child };
}

async function stop({ child }) {
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  child.kill('SIGTERM');
  assert.equal(await ended, 0, 'the exit code of the server');
}

const profile = mkdtempSync(path.join(out, 'profile-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: chromiumPath,
  headless: true,
  viewport: { width: 900, height: 900 },
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
browser.setDefaultTimeout(120000);

const tests = {
  async 'load a surah, search a root, save a hypothesis, reload, see it'() {
    const server = await serve();
    const page = await browser.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
    const asked = [];
    page.on('request', (request) => asked.push(`${request.method()} ${request.url().slice(server.address.length)}`));

    await page.goto(server.address + '/');
    await done(page);
    assert.equal(await page.locator('#verses li').count(), 7);
    assert.equal(await page.locator('#surah-name').textContent(), 'الفاتحة');
    // The style sheet came with its media type.
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).maxWidth), '800px');

    await page.fill('#surah-number', '112');
    await page.click('#surah-form button');
    await done(page);
    assert.deepEqual(await texts(page, '#verses li'), await page.evaluate(async () =>
      (await (await fetch('/api/surah/112')).json()).verses.map((v) => v.text)));

    await page.fill('#root', 'Ebd');
    await page.click('#root-form button');
    await done(page);
    assert.equal(await page.locator('#count').textContent(), '1 verses');
    assert.match(await page.locator('#results li').first().textContent(), /^1:5 /);

    for (const [encoded, text] of [[false, 'Plain: the object stands first <b>twice</b>'], [true, 'Encoded: نعبد “and” 😀']]) {
      await page.setChecked('#encoded', encoded);
      await page.fill('#text', text);
      await page.click('#hypothesis-form button');
      await done(page, /^saved hyp-/);
      assert.ok((await texts(page, '#hypotheses li')).some((shown) => shown.startsWith(text)));
    }
    assert.ok(asked.includes('POST /api/hypotheses/1:5'), asked.join('\n'));
    assert.ok(asked.includes('POST /api/hypotheses/1%3A5'), asked.join('\n'));
    await page.screenshot({ path: path.join(out, 'saved.png'), fullPage: true });

    await page.reload();
    await done(page);
    let shown = await texts(page, '#hypotheses li');
    assert.equal(shown.length, 4);
    assert.ok(shown[2].startsWith('Plain: the object stands first <b>twice</b>'));
    assert.ok(shown[3].startsWith('Encoded: نعبد “and” 😀'));

    // Change and delete, by ids in the path.
    await page.locator('#hypotheses li').nth(2).getByText('Verify').click();
    await done(page);
    shown = await texts(page, '#hypotheses li');
    assert.match(shown[2], /\(verified, 1 evidence\)$/);
    await page.setChecked('#encoded', true);
    await page.locator('#hypotheses li').nth(3).getByText('Delete').click();
    await done(page);
    await page.reload();
    await done(page);
    assert.equal(await page.locator('#hypotheses li').count(), 3);

    // What the server refuses is shown.
    await page.fill('#reference', '200:1');
    await page.click('#hypothesis-form button');
    await done(page, /^failed: Verse not found$/);
    assert.deepEqual(problems.filter((text) => !text.includes('404')), []);
    await page.screenshot({ path: path.join(out, 'reloaded.png'), fullPage: true });
    await page.close();
    await stop(server);

    // Another server over the same database shows it too.
    const again = await serve('--read-only');
    const answer = await (await fetch(again.address + '/api/hypotheses/1:5')).json();
    assert.equal(answer.filter((hypothesis) => hypothesis.hypothesis.startsWith('Plain')).length, 1);
    await stop(again);
  },

  async 'a page of another origin can neither read nor write'() {
    const server = await serve(), other = await serve();
    const before = await (await fetch(server.address + '/api/verses')).text();
    const page = await browser.newPage();
    await page.goto(other.address + '/');
    await done(page);
    const outcome = await page.evaluate(async (target) => {
      const out = [];
      const attempt = async (path, options) => {
        try {
          const answer = await fetch(target + path, options);
          out.push(`${path} ${answer.type} ${answer.type === 'opaque' ? '' : await answer.text()}`.slice(0, 80));
        } catch (error) {
          out.push(`${path} refused`);
        }
      };
      const body = '{"hypothesis":"from elsewhere"}';
      const json = { 'Content-Type': 'application/json' };
      await attempt('/api/verse/1/1', {});
      await attempt('/api/hypotheses/1:5', { method: 'POST', headers: json, body });
      await attempt('/api/hypotheses/1:5', { method: 'POST', body });
      await attempt('/api/hypotheses/1:5', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body });
      await attempt('/api/hypotheses/1:5', { method: 'POST', mode: 'no-cors', headers: json, body });
      await attempt('/api/hypotheses/1:5/hyp-1', { method: 'DELETE' });
      await attempt('/api/tags/x', { method: 'PUT', headers: json, body });
      await attempt('/api/v1/history/1/undo', { method: 'POST' });
      await attempt('/api/v1/history/1/undo', { method: 'POST', mode: 'no-cors' });
      navigator.sendBeacon(target + '/api/hypotheses/1:5', new Blob([body], { type: 'text/plain' }));
      return out;
    }, server.address);
    for (const line of outcome) assert.match(line, /( refused| opaque )$/, outcome.join('\n'));
    // A form goes there as a page; it sees an error, and nothing is changed.
    await page.evaluate((target) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: target + '/api/hypotheses/1:5', enctype: 'text/plain' });
      form.append(Object.assign(document.createElement('input'), { name: '{"hypothesis":"', value: 'from a form"}' }));
      document.body.append(form);
      form.submit();
    }, server.address);
    await page.waitForURL(server.address + '/**');
    assert.match(await page.locator('body').textContent(), /"error"/);
    await page.close();
    assert.equal(await (await fetch(server.address + '/api/verses')).text(), before);
    await stop(server);
    await stop(other);
  },

  async 'with --allow-origin the other page may'() {
    const other = await serve();
    const server = await serve('--allow-origin', other.address);
    const page = await browser.newPage();
    await page.goto(other.address + '/');
    await done(page);
    const status = await page.evaluate(async (target) => {
      const read = await fetch(target + '/api/tags/qul');
      const answer = await fetch(target + '/api/tags/qul', { method: 'PUT',
        headers: { 'Content-Type': 'application/json', 'If-Match': read.headers.get('ETag') }, body: '{"from":"elsewhere"}' });
      return [read.status, answer.status, await (await fetch(target + '/api/tags/qul')).json()];
    }, server.address);
    assert.deepEqual(status, [200, 200, { from: 'elsewhere' }]);
    await page.close();
    await stop(server);
    await stop(other);
  },

  async 'a token, once in the address, then as a cookie'() {
    const token = 'e2e-0123456789abcdef';
    const server = await serve('--token', token);
    const page = await browser.newPage();
    assert.equal((await page.goto(server.address + '/')).status(), 401);
    await page.goto(`${server.address}/?token=${token}`);
    assert.equal(page.url(), server.address + '/');
    await done(page);
    await page.fill('#reference', '112:1');
    await page.fill('#text', 'with a token');
    await page.click('#hypothesis-form button');
    await done(page, /^saved hyp-/);
    await page.reload();
    await done(page);
    assert.equal(await page.locator('#verses li').count(), 7);
    await page.close();
    await stop(server);
  },
};

const done = async (page, expected = /^done$/) => {
  await page.waitForFunction(() => !['', 'working'].includes(document.getElementById('message').textContent));
  assert.match(await page.locator('#message').textContent(), expected);
};
const texts = (page, selector) => page.locator(selector).allTextContents();

let failed = 0;
try {
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n${error.stack}`);
    }
  }
} finally {
  await browser.close();
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
process.exit(failed ? 1 : 0);
