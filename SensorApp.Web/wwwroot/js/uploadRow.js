// One file on its way, from waiting to its outcome.
import { isFinal, watch } from './events.js';
import { count, size, timeLeft } from './numbers.js';
import { send } from './transfer.js';

const outcomes = {
  processed: (file) => `All ${count(file.total_rows)} rows valid`,
  partial: (file) => `${count(file.valid_rows)} rows valid, ${count(file.invalid_rows)} rejected`,
  failed: (file) => file.error?.message ?? 'Failed',
};

export class UploadRow {
  constructor(file, options, onDone) {
    this.file = file;
    this.options = options;
    this.onDone = onDone;
    this.element = document.createElement('div');
    this.element.className = 'upload-row';
    this.name = element('span', 'upload-name', file.webkitRelativePath || file.name);
    this.note = element('span', 'upload-note', `${size(file.size)}, waiting`);
    this.bar = document.createElement('progress');
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute('aria-label', `Progress of ${file.name}`);
    this.button = element('button', 'button quiet', 'Cancel');
    this.button.type = 'button';
    this.button.setAttribute('aria-label', `Cancel ${file.name}`);
    this.button.addEventListener('click', () => this.act());
    this.element.append(this.name, this.note, this.button, this.bar);
    this.act = () => this.end('Cancelled', 'idle');
  }

  // Resolves when the bytes are on the other side or will not get there: then the next file may start.
  async start() {
    this.state('sending');
    const transfer = send(this.file, this.options, (progress) => this.showSending(progress));
    this.act = () => transfer.abort();
    const { body, refused, again, needsKey, lost, aborted } = await transfer.done;
    if (needsKey) location.assign('/key');
    else if (aborted) this.end('Cancelled', 'idle');
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
      this.note.textContent = `${count(state.progress.rows)} rows read, ${count(state.progress.invalid_rows)} rejected`;
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
    this.end(outcomes[file.status]?.(file) ?? file.status, file.status);
    if (this.options.checkOnly) this.note.textContent = `Checked, not stored. ${this.note.textContent}${reasons(file)}`;
  }

  offerAgain(reason) {
    this.state('failed');
    this.note.textContent = reason;
    this.button.textContent = 'Send again';
    this.button.setAttribute('aria-label', `Send ${this.file.name} again`);
    this.act = () => {
      this.button.textContent = 'Cancel';
      this.start();
    };
    this.onDone(this);
  }

  end(text, status) {
    this.state(status);
    this.note.textContent = text;
    this.bar.remove();
    this.button.remove();
    this.onDone(this);
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
