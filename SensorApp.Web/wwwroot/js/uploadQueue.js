// The files on their way, a few at once. Ten thousand are a queue of ten thousand entries, but never as many rows on the page.
import { announce } from './announce.js';
import { refreshFiles } from './live.js';
import { count } from './numbers.js';
import { UploadRow } from './uploadRow.js';

const atOnce = 3;
const rowsShown = 30;
const waiting = [];
const stalled = new Set();
const sending = new Set();
let added = 0;
let dropped = 0;

export const isBusy = () => sending.size + waiting.length > 0;

export function enqueue(files, options) {
  added += files.length;
  for (const file of files) waiting.push({ file, options });
  announce(`${files.length === 1 ? '1 file' : `${count(files.length)} files`} added`);
  next();
}

function next() {
  while (sending.size < atOnce && waiting.length > 0) {
    const { file, options } = waiting.shift();
    begin(new UploadRow(file, options, { onDone: done, onAgain: begin }));
  }
  summarise();
}

function begin(row) {
  stalled.delete(row);
  sending.add(row);
  show(row);
  summarise();
  row.start().finally(() => {
    sending.delete(row);
    if (row.isStalled) stalled.add(row);
    if (row.isCancelled) dropped++;
    refreshFiles();
    next();
  });
}

function done(row) {
  announce(`${row.file.name}: ${row.note.textContent}`);
}

function show(row) {
  const list = document.getElementById('uploads');
  list.hidden = false;
  if (!row.element.isConnected) list.prepend(row.element);
  const settled = [...list.querySelectorAll('.upload-row:not([data-state="sending"])')];
  for (const old of settled.slice(rowsShown)) old.remove();
}

function summarise() {
  if (added < 2) return;
  const summary = document.getElementById('upload-summary') ?? createSummary();
  const sent = added - dropped - waiting.length - sending.size - stalled.size;
  summary.querySelector('span').textContent = isBusy() || stalled.size > 0
    ? `${count(sent)} of ${count(added - dropped)} files sent`
    : `All ${count(added - dropped)} files sent`;
  label(summary, 'drop', waiting.length, `Cancel the ${count(waiting.length)} that wait`);
  label(summary, 'again', stalled.size > 1 ? stalled.size : 0, `Send the ${count(stalled.size)} that failed again`);
}

function createSummary() {
  const summary = document.createElement('div');
  summary.id = 'upload-summary';
  summary.className = 'upload-summary';
  summary.append(document.createElement('span'), button('drop', drop), button('again', again));
  document.getElementById('uploads').before(summary);
  return summary;
}

function button(name, act) {
  const created = document.createElement('button');
  created.type = 'button';
  created.className = 'button quiet';
  created.dataset.act = name;
  created.addEventListener('click', act);
  return created;
}

function label(summary, name, number, text) {
  const target = summary.querySelector(`[data-act="${name}"]`);
  target.hidden = number === 0;
  target.textContent = number === 0 ? '' : text;
}

function drop() {
  dropped += waiting.length;
  announce(`${count(waiting.length)} files cancelled`);
  waiting.length = 0;
  summarise();
}

function again() {
  for (const { file, options, element } of stalled) {
    element.remove();
    waiting.push({ file, options });
  }
  stalled.clear();
  next();
}
