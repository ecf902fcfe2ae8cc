// Loaded into a server before its own program (--import), with --expose-gc: answers each message with its memory usage.

/** Memory in bytes, after garbage collection. */
export interface MemoryReport {
  readonly rss: number;
  /** The used heap and the external memory of its objects. */
  readonly used: number;
}

process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, used: heapUsed + external } satisfies MemoryReport);
});
// A referenced channel would keep the process alive.
process.channel?.unref();
