// Times arrive in UTC; people think in their own zone. UTC stays in the tooltip.
const format = new Intl.DateTimeFormat(undefined, {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
});

export function showLocalTimes(root) {
  for (const element of root.querySelectorAll('time[datetime]')) {
    element.textContent = format.format(new Date(element.dateTime));
  }
}
