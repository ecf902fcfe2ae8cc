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
  if ((await isServed()) && noteReload()) setTimeout(() => location.reload(), KEEPING);
}

/** Whether it may be loaded anew now. Where nothing is kept never: nobody would know how often, and who is logged in. */
function noteReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < 10_000) return false;
    sessionStorage.setItem(KEY, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}

async function isServed(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
