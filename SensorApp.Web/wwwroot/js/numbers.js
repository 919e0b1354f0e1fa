// Counts, sizes and spans of time as the server writes them.
const counts = new Intl.NumberFormat('en');
const units = ['B', 'KB', 'MB', 'GB', 'TB'];

export const count = (number) => counts.format(number);

export const progressText = ({ rows, invalid_rows: rejected }) => `${count(rows - rejected)} valid, ${count(rejected)} rejected rows so far`;

export function size(bytes) {
  let unit = 0;
  let amount = bytes;
  for (; amount >= 1024 && unit < units.length - 1; unit++) amount /= 1024;
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`;
}

export function timeLeft(seconds) {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s left`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`;
  return `${(seconds / 3600).toFixed(1)} h left`;
}
