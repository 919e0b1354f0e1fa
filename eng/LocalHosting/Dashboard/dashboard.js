// Fetches the page's own content again, so that what is shown stays live. Anything a person is doing is left alone.
const interval = location.pathname === '/console' ? 1000 : 2000;
let shown = '';
const consoles = () => [...document.querySelectorAll('.console')];
const isAtEnd = log => log.scrollTop + log.clientHeight >= log.scrollHeight - 4;

async function refresh() {
  const isBusy = document.hidden || document.activeElement?.closest('main form') || !getSelection().isCollapsed;
  try {
    if (!isBusy) {
      const response = await fetch(location.href, { headers: { 'X-Fragment': '1' } });
      if (response.ok) show(await response.text());
      document.getElementById('away').textContent = response.ok ? '' : 'Open the link that the AppHost printed last.';
    }
  } catch {
    document.getElementById('away').textContent = 'The AppHost does not answer; what you see is what was last known.';
  }
  setTimeout(refresh, interval);
}

function show(content) {
  const main = document.querySelector('main');
  if (shown === content) return;
  shown = content;
  const open = [...main.querySelectorAll('details[open][id]')].map(details => details.id);
  // A console follows its newest line unless somebody has scrolled up to read.
  const places = consoles().map(log => isAtEnd(log) ? null : log.scrollTop);
  main.innerHTML = content;
  open.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
  consoles().forEach((log, index) => { log.scrollTop = places[index] ?? log.scrollHeight; });
}

consoles().forEach(log => { log.scrollTop = log.scrollHeight; });
setTimeout(refresh, interval);
