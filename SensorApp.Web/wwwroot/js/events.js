// One stream of status events a page, shared by everything on it that waits for files.
const maxFiles = 100;
const watched = new Map();
let source = null;
let isPlanned = false;
let onConnection = () => {};

// Calls back with every state of the file until it is final.
export function watch(fileId, callback) {
  if (!watched.has(fileId)) watched.set(fileId, new Set());
  watched.get(fileId).add(callback);
  plan();
}

export function isWatched(fileId) {
  return watched.has(fileId);
}

export function whenConnectionChanges(callback) {
  onConnection = callback;
}

export const isFinal = (status) => status === 'processed' || status === 'partial' || status === 'failed';

// Several files that come together share one new stream.
function plan() {
  if (isPlanned) return;
  isPlanned = true;
  setTimeout(connect, 150);
}

function connect() {
  isPlanned = false;
  source?.close();
  source = null;
  if (watched.size === 0) {
    onConnection(true);
    return;
  }
  const query = new URLSearchParams([...watched.keys()].slice(0, maxFiles).map((fileId) => ['file_id', fileId]));
  source = new EventSource(`/api/events?${query}`);
  source.addEventListener('open', () => onConnection(true));
  source.addEventListener('status', (event) => tell(JSON.parse(event.data)));
  source.addEventListener('gone', (event) => tell({ ...JSON.parse(event.data), status: 'gone' }));
  source.addEventListener('error', lost);
}

function tell(state) {
  const callbacks = watched.get(state.file_id) ?? new Set();
  if (isFinal(state.status) || state.status === 'gone') {
    watched.delete(state.file_id);
    plan();
  }
  for (const callback of callbacks) callback(state);
}

// The browser reconnects by itself unless the server answered with an error: then it is up to us.
// The end of a stream that told of every file's end is no loss.
function lost() {
  if (watched.size === 0) {
    connect();
    return;
  }
  onConnection(false);
  if (source?.readyState !== EventSource.CLOSED) return;
  source = null;
  setTimeout(settle, 3000);
}

// A file that was deleted meanwhile would keep the stream from ever opening.
async function settle() {
  for (const fileId of [...watched.keys()].slice(0, maxFiles)) {
    try {
      const response = await fetch(`/api/status/${fileId}`);
      if (response.status === 404) tell({ file_id: fileId, status: 'gone' });
      else if (response.ok) tell(await response.json());
      else break;
    } catch {
      break;
    }
  }
  plan();
}
