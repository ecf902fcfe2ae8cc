// Loaded into the server before its own program (--import), with --expose-gc: answers each message with its state.

export interface ServerState {
  /** Bytes of the used heap and of the external memory of its objects, after garbage collection. */
  readonly used: number;
  /** Number of open TCP connections. */
  readonly connections: number;
}

process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const connections = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  process.send?.({ used: heapUsed + external, connections } satisfies ServerState);
});
// A referenced channel would keep the process alive.
process.channel?.unref();
