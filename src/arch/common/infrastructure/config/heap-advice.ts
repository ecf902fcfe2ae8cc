const OLD = /--max[-_]old[-_]space[-_]size[= ](\d+)/g;
const YOUNG = /--max[-_]semi[-_]space[-_]size[= ]\d/;
/** MiB of the old generation below which V8's young one, up to 96 MiB, is too large beside it. */
const SMALL = 256;

/**
 * What to tell an operator who has made the heap small and left the young generation as it is: V8 then begins a full
 * collection as soon as the last one has ended, as what is free of the old generation is less than the young one holds.
 * From a container's memory V8 derives both.
 * @param options of Node
 */
export function heapAdvice(options: string): string | undefined {
  const size = Number([...options.matchAll(OLD)].at(-1)?.[1] ?? SMALL);
  if (size >= SMALL || YOUNG.test(options)) return undefined;
  return `With --max-old-space-size=${size} give Node --max-semi-space-size=8 as well, or garbage collection takes a third of the time.`;
}
