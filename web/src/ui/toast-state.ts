const SHOWN_MS = 5_000;

let shown = '';
let timer: ReturnType<typeof setTimeout> | undefined;
/** The regions that there are. Everything outside of an open dialog is inert, so that it has one of its own. */
const regions: string[] = [];
const watchers = new Set<() => void>();

function notify(): void {
  for (const watcher of watchers) watcher();
}

function setShown(text: string): void {
  shown = text;
  notify();
}

/** Shows a note for some seconds, in place of the one before. */
export function showToast(text: string): void {
  clearTimeout(timer);
  setShown(text);
  timer = setTimeout(() => setShown(''), SHOWN_MS);
}

/** What a region shows: the one that came last has the note. */
export const toastIn = (region: string): string => (regions.at(-1) === region ? shown : '');

export function watchToast(onChange: () => void): () => void {
  watchers.add(onChange);
  return () => watchers.delete(onChange);
}

/** Adds a region; returns the function that takes it away. */
export function addRegion(region: string): () => void {
  regions.push(region);
  notify();
  return () => {
    regions.splice(regions.lastIndexOf(region), 1);
    notify();
  };
}
