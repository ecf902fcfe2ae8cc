/** The keyboard has come to rest when nothing has changed for so long: one correction, not one in each frame. */
const REST_MS = 100;

/**
 * Keeps the composer above the keyboard of phones on which that lies over the page, as in Safari. Where the page itself gets
 * smaller there is nothing to do; neither while somebody has zoomed in.
 */
export function makeRoomForKeyboard(): void {
  const viewport = visualViewport;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function correct(): void {
    if (!viewport) return;
    const covered = viewport.scale > 1 ? 0 : Math.max(0, innerHeight - viewport.height);
    document.documentElement.style.setProperty('--keyboard', `${covered}px`);
    // The browser has moved the page, to show the field where it was.
    if (covered > 0) scrollTo(0, 0);
  }
  viewport?.addEventListener('resize', () => {
    clearTimeout(timer);
    timer = setTimeout(correct, REST_MS);
  });
}
