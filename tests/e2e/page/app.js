'use strict';

const $ = (id) => document.getElementById(id);

// As the old frontend: relative addresses, JSON both ways.
async function api(path, method = 'GET', body = undefined) {
  const options = { method, headers: { 'Content-Type': 'application/json' } };
  if (body !== undefined) options.body = JSON.stringify(body);
  const answer = await fetch('/api' + path, options);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error || answer.status);
  return value;
}

function items(list, texts) {
  list.replaceChildren(...texts.map((text) => Object.assign(document.createElement('li'), { textContent: text })));
}

// "1:5" as it stands, or as encodeURIComponent makes it: the old frontend does both.
function reference() {
  const text = $('reference').value.trim();
  return $('encoded').checked ? encodeURIComponent(text) : text;
}

async function loadSurah() {
  const { surah, verses } = await api('/surah/' + encodeURIComponent($('surah-number').value));
  $('surah-name').textContent = surah.name;
  items($('verses'), verses.map((verse) => verse.text));
}

async function searchRoot() {
  const found = await api('/search/roots?' + new URLSearchParams({ root: $('root').value, limit: 20 }));
  $('count').textContent = found.count + ' verses';
  items($('results'), found.results.map((r) => `${r.verse.surah.number}:${r.verse.ayah} ${r.match_term}`));
}

async function showHypotheses() {
  const list = await api('/hypotheses/' + reference());
  $('hypotheses').replaceChildren(...list.map((hypothesis) => {
    const item = Object.assign(document.createElement('li'), { textContent: hypothesis.hypothesis + ' ' });
    item.dataset.id = hypothesis.id;
    const button = (name, work) => {
      const b = Object.assign(document.createElement('button'), { textContent: name });
      b.addEventListener('click', () => doing(async () => { await work(); await showHypotheses(); }));
      item.append(b);
    };
    const path = () => `/hypotheses/${reference()}/${encodeURIComponent(hypothesis.id)}`;
    button('Verify', () => api(path(), 'PUT', { status: 'verified', evidence_entry: { type: 'supporting', note: 'seen' } }));
    button('Delete', () => api(path(), 'DELETE'));
    item.append(` (${hypothesis.status}, ${hypothesis.evidence.length} evidence)`);
    return item;
  }));
}

async function save() {
  const { hypothesis } = await api('/hypotheses/' + reference(), 'POST',
    { target_type: 'verse', target_id: $('reference').value, hypothesis: $('text').value });
  await showHypotheses();
  return 'saved ' + hypothesis.id;
}

// Says in #message how it ended.
async function doing(work) {
  $('message').textContent = 'working';
  try {
    $('message').textContent = (await work()) || 'done';
  } catch (error) {
    $('message').textContent = 'failed: ' + error.message;
  }
}

function onSubmit(form, work) {
  $(form).addEventListener('submit', (event) => {
    event.preventDefault();
    doing(work);
  });
}

onSubmit('surah-form', loadSurah);
onSubmit('root-form', searchRoot);
onSubmit('hypothesis-form', save);
doing(async () => { await loadSurah(); await showHypotheses(); });
