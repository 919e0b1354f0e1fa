// Times arrive in UTC; people think in their own zone. UTC stays in the tooltip.
const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export function showLocalTimes(root) {
  for (const element of root.querySelectorAll('time[datetime]')) {
    element.textContent = format.format(new Date(element.dateTime));
  }
}
