// A [data-dialog] link leads to a page that asks one question; here the question opens in place.
export function enhanceDialogs() {
  document.addEventListener('click', async (event) => {
    const link = event.target.closest('a[data-dialog]');
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const content = await load(link.href);
    if (content) open(content, link.href);
    else location.assign(link.href);
  });
}

async function load(url) {
  try {
    const response = await fetch(url, { headers: { Accept: 'text/html' } });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.querySelector('[data-dialog-content]');
  } catch {
    return null;
  }
}

function open(content, url) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', content.getAttribute('aria-labelledby'));
  const heading = content.querySelector('h1');
  const title = document.createElement('h2');
  title.id = heading.id;
  title.textContent = heading.textContent;
  heading.replaceWith(title);
  dialog.append(...content.childNodes);
  dialog.querySelector('form').action = url;
  dialog.querySelector('[data-close]').addEventListener('click', (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('[data-close]').focus();
}
