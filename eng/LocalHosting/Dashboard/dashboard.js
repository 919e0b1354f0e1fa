// Fetches the page's own content again, so that what is shown stays live. Anything a person is doing is left alone.
const interval = location.pathname === '/console' ? 1000 : 2000;

const openDetails = () => new Set([...document.querySelectorAll('main details[open][id]')].map(details => details.id));

async function refresh() {
  const isBusy = document.hidden || document.activeElement?.closest('main form') || !getSelection().isCollapsed;
  if (!isBusy) {
    const response = await fetch(location.href, { headers: { 'X-Fragment': '1' } });
    if (response.ok) {
      const open = openDetails();
      document.querySelector('main').innerHTML = await response.text();
      open.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
      showNewestLines();
    }
  }
  setTimeout(refresh, interval);
}

function showNewestLines() {
  document.querySelectorAll('.console').forEach(log => { log.scrollTop = log.scrollHeight; });
}

showNewestLines();
setTimeout(refresh, interval);
