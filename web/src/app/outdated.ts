const KEY = 'causerie.reloaded';

/**
 * A page that was opened before the server was updated names parts that are not served any more: it is loaded anew, once in ten
 * seconds at most, so that a server without them is not asked for ever.
 */
export function reloadWhenOutdated(): void {
  addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < 10_000) return;
    event.preventDefault();
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  });
}
