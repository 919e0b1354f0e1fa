// Times arrive in UTC; people think in their own zone. UTC stays in the tooltip.
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const parts = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };
const brief = new Intl.DateTimeFormat(undefined, parts);
const briefWithYear = new Intl.DateTimeFormat(undefined, { ...parts, year: 'numeric' });

export function showLocalTimes(root) {
  const year = new Date().getFullYear();
  for (const element of root.querySelectorAll('time[datetime]')) {
    const time = new Date(element.dateTime);
    const format = element.dataset.brief === undefined ? full : time.getFullYear() === year ? brief : briefWithYear;
    element.textContent = format.format(time);
  }
}
