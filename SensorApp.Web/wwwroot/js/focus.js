// Keeps the keyboard where it was when a section of the page is replaced, with what was being typed.
export function keepFocus(section) {
  const active = document.activeElement;
  if (!section.contains(active)) return () => {};
  const selector = selectorOf(active);
  const typed = active.matches('input:not([type="checkbox"]), select') ? active.value : null;
  const caret = active.matches('input[type="search"], input[type="text"]') ? [active.selectionStart, active.selectionEnd] : null;
  return () => {
    const next = selector && document.querySelector(selector);
    if (!next) return;
    if (typed !== null) next.value = typed;
    next.focus({ preventScroll: true });
    if (caret) next.setSelectionRange(...caret);
  };
}

function selectorOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.matches('a[href]')) return `${within(element)} a[href="${CSS.escape(element.getAttribute('href'))}"]`;
  return null;
}

const within = (element) => `#${CSS.escape(element.closest('[id]')?.id ?? 'main')}`;

// Headings and plain text take the focus only from a script.
export function focusOn(element) {
  if (!element) return;
  if (element.matches('h1, h2, span')) element.tabIndex = -1;
  element.focus();
}
