const SHOWN_MS = 5_000;

let shown = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

function setShown(text: string): void {
  shown = text;
  for (const watcher of watchers) watcher();
}

/** Shows a note for some seconds, in place of the one before. */
export function showToast(text: string): void {
  clearTimeout(timer);
  setShown(text);
  timer = setTimeout(() => setShown(''), SHOWN_MS);
}

export const currentToast = (): string => shown;

export function watchToast(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}
