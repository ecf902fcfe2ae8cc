const OLD = /--max[-_]old[-_]space[-_]size[= ](\d+)/g;
const YOUNG = /--max[-_]semi[-_]space[-_]size[= ]\d/;
/** MiB of the old generation below which V8's young generation of up to 96 MiB is too large beside it. */
const SMALL = 256;

/**
 * Advice for an operator who has set a small heap and the default young generation: V8 then begins a full collection as
 * soon as the last one has ended, because the free part of the old generation is smaller than the young one. Without
 * these options V8 derives both from a container's memory.
 * @param options Node's options
 */
export function heapAdvice(options: string): string | undefined {
  const size = Number([...options.matchAll(OLD)].at(-1)?.[1] ?? SMALL);
  if (size >= SMALL || YOUNG.test(options)) return undefined;
  return `With --max-old-space-size=${size} give Node --max-semi-space-size=8 as well, or garbage collection takes a third of the time.`;
}
