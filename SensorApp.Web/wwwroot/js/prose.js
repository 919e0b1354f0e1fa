// A sentence of the service: what it puts between backticks, names and values of the file, is set as code.
export function setProse(element, text) {
  const parts = text.split('`');
  const isPaired = parts.length % 2 === 1;
  element.replaceChildren(...parts.map((part, index) => {
    if (index % 2 === 0) return part;
    if (!isPaired && index === parts.length - 1) return `\`${part}`;
    const code = document.createElement('code');
    code.textContent = part;
    return code;
  }));
}
