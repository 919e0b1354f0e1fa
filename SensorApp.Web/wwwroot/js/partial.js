// Links and search forms inside a [data-partial] section load that section only; the address changes as without script.
import { announce } from './announce.js';
import { focusOn, keepFocus } from './focus.js';

let afterLoad = () => {};

export function enhancePartials(enhance) {
  afterLoad = enhance;
  document.addEventListener('click', followLink);
  document.addEventListener('submit', submitSearch);
  addEventListener('popstate', () => location.reload());
}

// Loads the page at this address and puts its sections in the place of ours.
export async function refresh(url, ids) {
  const response = await fetch(url, { headers: { Accept: 'text/html' } });
  if (!response.ok) throw new Error(`The page answered ${response.status}.`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of ids) {
    const current = document.getElementById(id);
    const next = page.getElementById(id);
    if (!current || !next) continue;
    const restore = keepFocus(current);
    current.replaceWith(next);
    afterLoad(next);
    restore();
  }
  document.title = page.title;
  const icon = page.querySelector('link[rel="icon"]');
  if (icon) document.querySelector('link[rel="icon"]').href = icon.getAttribute('href');
}

async function followLink(event) {
  const link = event.target.closest('[data-partial] :is(th, nav.pager, .legend, .reasons, .empty, .attention) a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || link.hasAttribute('download')) return;
  const url = new URL(link.href);
  if (url.pathname !== location.pathname) return;
  event.preventDefault();
  await load(url, link.closest('[data-partial]'), url.hash ? `${url.hash} h2` : selectorOf(link));
}

async function submitSearch(event) {
  const form = event.target;
  const section = form.closest('[data-partial]');
  if (!section || form.method !== 'get') return;
  event.preventDefault();
  const url = new URL(form.action || location.href);
  url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== '')).toString();
  if (url.hash) await load(url, section, `${url.hash} h2`);
  else await load(url, section, document.activeElement?.id ? `#${document.activeElement.id}` : `#${section.id} h2`);
}

// What was chosen in the page's other sections since this one was loaded stays as it is.
function keepOthers(url, own) {
  if (!own) return;
  const here = new URLSearchParams(location.search);
  for (const name of new Set([...url.searchParams.keys(), ...here.keys()])) {
    if (own.includes(name)) continue;
    url.searchParams.delete(name);
    for (const value of here.getAll(name)) url.searchParams.append(name, value);
  }
}

async function load(url, section, focus) {
  keepOthers(url, section.dataset.own?.split(' '));
  section.setAttribute('aria-busy', 'true');
  try {
    await refresh(url, section.dataset.refresh?.split(' ') ?? [section.id]);
    history.pushState(null, '', url);
    focusOn(document.querySelector(focus));
    announce('Updated');
  } catch {
    location.assign(url);
  }
}

// The same heading after the section was replaced, so that the keyboard stays where it was.
function selectorOf(link) {
  const heading = link.closest('th[data-column]');
  return heading ? `th[data-column="${heading.dataset.column}"] a` : `#${link.closest('[data-partial]').id} h2`;
}
