// Keeps what the page says about unfinished files true, without loading it again.
import { announce } from './announce.js';
import { progressText } from './numbers.js';
import { isWatched, watch, whenConnectionChanges } from './events.js';
import { refresh } from './partial.js';

const labels = { pending: 'Waiting', processing: 'Processing' };
const shown = new Set();
const delayMilliseconds = 200;
const pauseMilliseconds = 1500;
let refreshPlanned = false;
let lastRefresh = -pauseMilliseconds;

export function watchFiles(root) {
  const present = new Set();
  for (const element of root.querySelectorAll('[data-watch]:not([data-watch=""])')) {
    const fileId = element.dataset.watch;
    present.add(fileId);
    if (shown.has(fileId) && isWatched(fileId)) continue;
    shown.add(fileId);
    watch(fileId, (state) => show(fileId, state));
  }
  for (const fileId of shown) if (!present.has(fileId)) shown.delete(fileId);
}

function show(fileId, state) {
  if (!labels[state.status]) {
    planRefresh();
    return;
  }
  for (const element of document.querySelectorAll(`[data-watch="${fileId}"]`)) {
    const status = element.querySelector('.status');
    status.className = `status status-${state.status}`;
    status.textContent = labels[state.status];
    const { progress } = state;
    if (progress) {
      const told = element.querySelector('[data-progress]');
      told.textContent = told.dataset.progress === 'sentence' ? `The file is being processed: ${progressText(progress)}.` : progressText(progress);
      const bar = element.querySelector('progress');
      if (bar && progress.size > 0) bar.value = progress.bytes / progress.size;
    }
  }
}

// Many files may finish within a moment: one new page tells of them all, and the next waits a while.
function planRefresh() {
  if (refreshPlanned) return;
  refreshPlanned = true;
  setTimeout(async () => {
    lastRefresh = performance.now();
    try {
      await refresh(location.href, [document.getElementById('files') ? 'files' : 'main']);
      announce(document.querySelector('#file .lead')?.textContent ?? 'The list of files is up to date');
    } catch {
      // The service is away for a moment: the next round asks again.
      setTimeout(planRefresh, pauseMilliseconds);
    }
    refreshPlanned = false;
  }, Math.max(delayMilliseconds, lastRefresh + pauseMilliseconds - performance.now()));
}

whenConnectionChanges((isConnected) => {
  let notice = document.getElementById('connection');
  if (isConnected) {
    notice?.remove();
  } else if (!notice) {
    notice = document.createElement('p');
    notice.id = 'connection';
    notice.className = 'notice';
    notice.setAttribute('role', 'status');
    notice.textContent = 'The connection to the service is lost. Trying again…';
    document.body.append(notice);
  }
});

export { planRefresh as refreshFiles };
