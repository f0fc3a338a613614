// Drives the page in a browser, served by the real program.
//
// usage: node drive.mjs PROGRAM WORK CHROMIUM OUT [FILE...]      (run.sh does)
//
// FILE is one of `files` below, without it all are run; -FILE leaves it out.
//
// WORK has the databases starter.db, notes.db, which is the same and written to, import.db, likewise, trees.db, which has a
// treebank and MASAQ for a few surahs, and perhaps full.db, the whole Quran; and the folder published, with files to import.
// KALIMA_WEB_ONLY names the tests to run, as a part of their names; KALIMA_WEB_ALL=1 takes no samples; KALIMA_WEB_DATASETS is the
// folder of the published files of the whole Quran.
import process from 'node:process';
import { finish } from './support.mjs';

const files = ['start', 'text', 'reader', 'search', 'builder', 'trees', 'notes', 'lists', 'proxy', 'import', 'access', 'full'];
let failures = 0;
const named = process.argv.slice(6);
const wanted = (file) => !named.includes(`-${file}`) && (named.every((name) => name.startsWith('-')) || named.includes(file));
for (const file of files.filter(wanted)) {
  const { tests } = await import(`./${file}_tests.mjs`);
  for (const [name, run] of Object.entries(tests)) {
    if (process.env.KALIMA_WEB_ONLY && !name.includes(process.env.KALIMA_WEB_ONLY)) continue;
    const began = Date.now();
    try {
      await run();
      console.log(`passed: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failures++;
      console.log(`failed: ${name}\n${error.stack}`);
    }
  }
}
await finish();
if (failures > 0) process.exit(1);
