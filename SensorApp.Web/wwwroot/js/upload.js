// Turns the plain upload form into one that takes drops and folders, shows how far each file is, and stays on the page.
import { filesIn } from './dropped.js';
import { enqueue, isBusy } from './uploadQueue.js';
import { suggestZones } from './zones.js';

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
    if (isBusy()) event.preventDefault();
  });
  // Somebody may have chosen before this script had arrived.
  take();
}

function enhanceFolder(form) {
  const folder = document.createElement('input');
  folder.type = 'file';
  folder.webkitdirectory = true;
  folder.addEventListener('change', () => {
    add(form, [...folder.files].filter((file) => !/(^|\/)\./.test(file.webkitRelativePath)));
    folder.value = '';
  });
  // Not to be pressed before it can do something.
  const button = form.querySelector('[data-choose-folder]');
  button.addEventListener('click', () => folder.click());
  button.disabled = false;
}

// The whole page takes a drop: nobody aims well with a folder in the hand.
function enhanceDrop(form) {
  const zone = form.querySelector('[data-drop]');
  let depth = 0;
  const mark = (change) => {
    depth = Math.max(0, depth + change);
    zone.classList.toggle('over', depth > 0);
  };
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', (event) => hasFiles(event) && mark(1));
  addEventListener('dragleave', (event) => hasFiles(event) && mark(-1));
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
  enqueue(files, optionsOf(form));
}

function optionsOf(form) {
  const fields = ['timezone', 'max_invalid']
    .map((name) => [name, form.elements.namedItem(name).value.replaceAll(' ', '')])
    .filter(([, value]) => value !== '');
  return { fields, checkOnly: document.getElementById('check-only').checked };
}
