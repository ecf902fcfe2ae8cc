// Loaded into a server before its own program (--import), with --expose-gc: tells what it holds when asked.

/** Bytes, after garbage collection. */
export interface MemoryReport {
  readonly rss: number;
  /** JavaScript objects and what they hold outside of the heap. */
  readonly used: number;
}

process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, used: heapUsed + external } satisfies MemoryReport);
});
// Or the channel would keep the server from ending.
process.channel?.unref();
