// Loaded into the server before its own program (--import), with --expose-gc: tells what it holds when asked.

export interface ServerState {
  /** Bytes of JavaScript objects and what they hold outside of the heap, after garbage collection. */
  readonly used: number;
  /** TCP connections that are open. */
  readonly connections: number;
}

process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const connections = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  process.send?.({ used: heapUsed + external, connections } satisfies ServerState);
});
// Or the channel would keep the server from ending.
process.channel?.unref();
