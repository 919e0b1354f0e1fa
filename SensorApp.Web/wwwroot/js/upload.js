// Turns the plain upload form into one that takes drops and folders, shows how far each file is, and stays on the page.
import { announce } from './announce.js';
import { filesIn } from './dropped.js';
import { refreshFiles } from './live.js';
import { count } from './numbers.js';
import { UploadRow } from './uploadRow.js';
import { suggestZones } from './zones.js';

const atOnce = 3;
const rowsShown = 30;
const waiting = [];
let added = 0;
let running = 0;

export function enhance(form) {
  const input = form.elements.namedItem('file');
  const take = () => {
    const files = [...input.files];
    input.value = '';
    add(form, files);
  };
  input.addEventListener('change', take);
  form.addEventListener('submit', (event) => event.preventDefault());
  enhanceFolder(form);
  enhanceDrop(form);
  form.querySelector('details').addEventListener('toggle', () => suggestZones(document.getElementById('zones')), { once: true });
  addEventListener('beforeunload', (event) => {
    if (running + waiting.length > 0) event.preventDefault();
  });
  // Somebody may have chosen before this script had arrived.
  take();
}

function enhanceFolder(form) {
  const folder = document.createElement('input');
  folder.type = 'file';
  folder.webkitdirectory = true;
  folder.addEventListener('change', () => {
    add(form, [...folder.files]);
    folder.value = '';
  });
  form.querySelector('[data-choose-folder]').addEventListener('click', () => folder.click());
}

// The whole page takes a drop: nobody aims well with a folder in the hand.
function enhanceDrop(form) {
  const zone = form.querySelector('[data-drop]');
  let depth = 0;
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    zone.classList.toggle('over', depth > 0);
  };
  addEventListener('dragenter', () => mark(1));
  addEventListener('dragleave', () => mark(-1));
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', async (event) => {
    event.preventDefault();
    depth = 0;
    mark(0);
    add(form, await filesIn(event.dataTransfer));
  });
}

function add(form, files) {
  const threshold = form.elements.namedItem('max_invalid');
  if (files.length === 0 || !threshold.reportValidity()) return;
  const options = optionsOf(form);
  added += files.length;
  for (const file of files) waiting.push({ file, options });
  announce(`${count(files.length)} ${files.length === 1 ? 'file' : 'files'} added`);
  next();
}

// Ten thousand files are a queue of ten thousand entries, but never as many rows on the page.
function next() {
  while (running < atOnce && waiting.length > 0) {
    const { file, options } = waiting.shift();
    const row = new UploadRow(file, options, done);
    show(row);
    running++;
    row.start().finally(() => {
      running--;
      refreshFiles();
      next();
    });
  }
  summarise();
}

function done(row) {
  announce(`${row.file.name}: ${row.note.textContent}`);
}

function show(row) {
  const list = document.getElementById('uploads');
  list.hidden = false;
  list.prepend(row.element);
  const settled = [...list.querySelectorAll('.upload-row:not([data-state="sending"], [data-state="processing"])')];
  for (const old of settled.slice(rowsShown)) old.remove();
}

function summarise() {
  const list = document.getElementById('uploads');
  let summary = document.getElementById('upload-summary');
  if (added < 2) return;
  if (!summary) {
    summary = document.createElement('p');
    summary.id = 'upload-summary';
    summary.className = 'upload-summary';
    list.before(summary);
  }
  summary.textContent = waiting.length + running > 0
    ? `${count(added - waiting.length - running)} of ${count(added)} files sent`
    : `All ${count(added)} files sent`;
}

function optionsOf(form) {
  const fields = ['timezone', 'max_invalid']
    .map((name) => [name, form.elements.namedItem(name).value.replaceAll(' ', '')])
    .filter(([, value]) => value !== '');
  return { fields, checkOnly: document.getElementById('check-only').checked };
}
