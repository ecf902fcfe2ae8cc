const KEY = 'causerie.reloaded';
/** Milliseconds in which a draft that was just written is kept. */
const KEEPING = 500;

/**
 * A part that could not be loaded is not asked for again by browsers as long as the page lives: it was opened before the
 * server was updated, and names parts that are not served any more, or the connection broke. So the page is loaded anew, as
 * soon as that is possible: never without a server that answers, and once in ten seconds at most.
 */
export function reloadWhenOutdated(): void {
  addEventListener('vite:preloadError', () => void reload());
}

async function reload(): Promise<void> {
  const last = Number(sessionStorage.getItem(KEY) ?? 0);
  if (Date.now() - last < 10_000 || !(await isServed())) return;
  sessionStorage.setItem(KEY, String(Date.now()));
  setTimeout(() => location.reload(), KEEPING);
}

async function isServed(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
