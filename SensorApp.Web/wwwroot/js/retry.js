// An error page that may pass by itself asks again every few seconds and shows the page as soon as it is there.
const pauseMilliseconds = 3000;

export function retryWhenBack() {
  if (!document.querySelector('[data-retry="true"]')) return;
  setTimeout(async () => {
    try {
      const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (response.ok) {
        location.reload();
        return;
      }
    } catch {
      // Still away: the next round asks again.
    }
    retryWhenBack();
  }, pauseMilliseconds);
}
