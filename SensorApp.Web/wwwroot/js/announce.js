// Tells people who do not see the page what changed on it.
const announcer = document.getElementById('announcer');

export function announce(text) {
  announcer.textContent = text;
}
