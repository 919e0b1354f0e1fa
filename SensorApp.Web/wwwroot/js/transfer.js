// Sends one file. XMLHttpRequest, because fetch does not tell how far an upload is.
import { pathOf } from './dropped.js';

export function send(file, { fields, checkOnly }, onProgress) {
  const request = new XMLHttpRequest();
  const started = performance.now();
  const done = new Promise((resolve) => {
    request.upload.addEventListener('progress', (event) => {
      const seconds = (performance.now() - started) / 1000;
      const rate = event.loaded / Math.max(seconds, 0.001);
      onProgress({ loaded: event.loaded, total: event.total, rate, left: (event.total - event.loaded) / rate });
    });
    request.addEventListener('load', () => resolve(answerOf(request)));
    request.addEventListener('error', () => resolve({ lost: true }));
    request.addEventListener('abort', () => resolve({ aborted: true }));
  });
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  form.append('file', file, pathOf(file));
  request.open('POST', checkOnly ? '/api/validate' : '/api/upload');
  request.setRequestHeader('Accept', 'application/json');
  request.send(form);
  return { done, abort: () => request.abort() };
}

function answerOf(request) {
  let body = null;
  try {
    body = JSON.parse(request.responseText);
  } catch {
    // Something between us answered in the service's place: its status must do.
  }
  if (request.status >= 200 && request.status < 300 && body) return { body };
  const again = request.status === 0 || request.status === 429 || request.status >= 500;
  return { refused: body?.detail ?? body?.title ?? `The service answered ${request.status}.`, again, needsKey: request.status === 401 };
}
