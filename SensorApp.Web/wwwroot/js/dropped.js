// The files in what was dropped, folders and all below them included.
const paths = new WeakMap();

// Where the file lies in the folder that was dropped or chosen; else just its name.
export const pathOf = (file) => paths.get(file) ?? (file.webkitRelativePath || file.name);

export async function filesIn(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files];
  const files = [];
  for (const entry of entries) await collect(entry, files);
  return files;
}

async function collect(entry, files) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    paths.set(file, entry.fullPath.replace(/^\//, ''));
    files.push(file);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives a hundred entries at most each time.
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    for (const child of batch) if (!child.name.startsWith('.')) await collect(child, files);
  }
}
