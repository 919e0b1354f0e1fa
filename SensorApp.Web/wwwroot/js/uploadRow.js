// One file on its way, from waiting to its outcome.
import { pathOf } from './dropped.js';
import { isFinal, watch } from './events.js';
import { focusOn } from './focus.js';
import { count, progressText, size, timeLeft } from './numbers.js';
import { setProse } from './prose.js';
import { send } from './transfer.js';

const outcomes = {
  processed: (file) => (file.total_rows === 1 ? 'Its one row is valid' : `All ${count(file.total_rows)} rows valid`),
  partial: (file) => `${count(file.valid_rows)} rows valid, ${count(file.invalid_rows)} rejected`,
  failed: (file) => file.error?.message ?? 'Failed',
};

export class UploadRow {
  // onDone: the row has its last word for now. onAgain: the person wants it sent once more.
  constructor(file, options, { onDone, onAgain }) {
    this.file = file;
    this.options = options;
    this.onDone = onDone;
    this.onAgain = onAgain;
    this.isStalled = false;
    this.isCancelled = false;
    this.element = document.createElement('div');
    this.element.className = 'upload-row';
    this.name = element('span', 'upload-name', pathOf(file));
    this.note = element('span', 'upload-note', `${size(file.size)}, waiting`);
    this.bar = document.createElement('progress');
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute('aria-label', `Progress of ${file.name}`);
    this.button = element('button', 'button quiet', '');
    this.button.type = 'button';
    this.button.addEventListener('click', () => this.act());
    this.element.append(this.name, this.note, this.button, this.bar);
    this.act = () => {};
  }

  // Resolves when the bytes are on the other side or will not get there: then the next file may start.
  async start() {
    this.state('sending');
    this.isStalled = false;
    this.label('Cancel', `Cancel ${this.file.name}`);
    const transfer = send(this.file, this.options, (progress) => this.showSending(progress));
    this.act = () => transfer.abort();
    const { body, refused, again, needsKey, lost, aborted } = await transfer.done;
    if (needsKey) location.assign('/key');
    else if (aborted) this.drop();
    else if (lost) this.offerAgain('The connection was lost before the file had arrived.');
    else if (refused) again ? this.offerAgain(refused) : this.end(refused, 'failed');
    else if (this.options.checkOnly) this.finish(body);
    else this.follow(body.file_id);
  }

  showSending({ loaded, total, rate, left }) {
    this.bar.value = total > 0 ? loaded / total : 0;
    this.note.textContent = loaded < total
      ? `${size(loaded)} of ${size(total)}, ${size(rate)}/s, ${timeLeft(left)}`
      : this.options.checkOnly ? 'Sent, being checked' : 'Sent, being stored';
  }

  follow(fileId) {
    this.state('processing');
    this.bar.removeAttribute('value');
    this.note.textContent = 'Stored, waiting for its turn';
    this.link(fileId);
    this.act = () => this.cancelProcessing(fileId);
    watch(fileId, (state) => this.showProcessing(fileId, state));
  }

  async showProcessing(fileId, state) {
    if (state.progress) {
      this.bar.value = state.progress.size > 0 ? state.progress.bytes / state.progress.size : 0;
      this.note.textContent = progressText(state.progress);
    }
    if (state.status === 'gone') this.end('Deleted', 'idle');
    if (!isFinal(state.status)) return;
    const response = await fetch(`/api/files/${fileId}`).catch(() => null);
    if (response?.ok) this.finish(await response.json());
    else this.end('Finished', 'idle');
  }

  async cancelProcessing(fileId) {
    this.button.disabled = true;
    await fetch(`/api/files/${fileId}/cancel`, { method: 'POST' }).catch(() => null);
    this.button.disabled = false;
  }

  finish(file) {
    const outcome = outcomes[file.status]?.(file) ?? file.status;
    this.end(this.options.checkOnly ? `Checked, not stored. ${outcome}${reasons(file)}` : outcome, file.status);
  }

  drop() {
    this.isCancelled = true;
    this.end('Cancelled', 'idle');
  }

  offerAgain(reason) {
    this.state('failed');
    setProse(this.note, reason);
    this.isStalled = true;
    this.label('Send again', `Send ${this.file.name} again`);
    this.act = () => this.onAgain(this);
    this.onDone(this);
  }

  end(text, status) {
    this.state(status);
    setProse(this.note, text);
    this.bar.remove();
    const hadFocus = document.activeElement === this.button;
    this.button.remove();
    if (hadFocus) focusOn(this.name);
    this.onDone(this);
  }

  label(text, name) {
    this.button.textContent = text;
    this.button.setAttribute('aria-label', name);
  }

  link(fileId) {
    const link = element('a', 'upload-name', this.name.textContent);
    link.href = `/files/${fileId}`;
    this.name.replaceWith(link);
    this.name = link;
  }

  state(name) {
    this.element.dataset.state = name;
  }
}

function reasons(file) {
  const entries = Object.entries(file.errors_by_reason ?? {});
  return entries.length === 0 ? '' : ` (${entries.map(([code, rows]) => `${code.replaceAll('_', ' ')}: ${count(rows)}`).join(', ')})`;
}

function element(tag, className, text) {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}
