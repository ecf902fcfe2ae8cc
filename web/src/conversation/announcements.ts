/** One at a time, and no more often: each interrupts what is being read. */
const PAUSE_MS = 1_000;
/** More than so many are only counted. */
const MOST = 3;

/** Passes texts on: the first at once, those that come within the next second together. */
export function createAnnouncements(
  tell: (text: string) => void,
  countOf: (count: number) => string,
): { readonly add: (text: string) => void; readonly stop: () => void } {
  const waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  function flush(): void {
    timer = undefined;
    if (waiting.length === 0) return;
    const texts = waiting.splice(0);
    tell(texts.length > MOST ? countOf(texts.length) : texts.join('\n'));
    timer = setTimeout(flush, PAUSE_MS);
  }
  return {
    add(text) {
      waiting.push(text);
      if (timer === undefined) flush();
    },
    stop: () => clearTimeout(timer),
  };
}
