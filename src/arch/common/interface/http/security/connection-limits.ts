/** Maximum bytes of a request body other than an upload. */
export const BODY_LIMIT = 102_400;

/** Limits of a connection. Times are in milliseconds. */
export interface ConnectionLimits {
  /** From a request's first byte (or the opening of the connection) to the end of its headers. */
  readonly headersTimeout: number;
  /** From a request's first byte to the end of its body. */
  readonly requestTimeout: number;
  /** Interval at which those two are checked. */
  readonly checkInterval: number;
  /** Without a byte in either direction while an answer is in flight; it does not apply to websockets. */
  readonly idleTimeout: number;
  /** Between requests; longer than the minute after which common proxies close their side. */
  readonly keepAliveTimeout: number;
  /** Bytes of the request line and the headers together. */
  readonly maxHeaderSize: number;
  /** Requests that a connection may begin in one turn of the event loop: a client that waits for answers begins one. */
  readonly pipelined: number;
  /** Bytes of answers that one client may leave unread; all clients of one address may leave ten times as much. */
  readonly maxUnread: number;
  /** Time without progress after which a client above that limit is cut. */
  readonly unreadTimeout: number;
  /** Reads of all users behind one address that run at the same time. */
  readonly reads: number;
  /** Bytes a second at which the size of an answer occupies the slot of its read. */
  readonly readRate: number;
  /** Total time of an engine.io connection in no namespace. */
  readonly outside: number;
  /** Unauthenticated connections of one address: TCP without a request, engine.io outside the namespaces. */
  readonly perAddress: number;
  /** Time after which one of them is closed for a new one. */
  readonly silence: number;
  /** TCP connections of one address, idle ones and websockets included. */
  readonly share: number;
  /** TCP connections of one process, websockets included; further ones are closed at once. */
  readonly maxConnections: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  checkInterval: 2_000,
  idleTimeout: 60_000,
  keepAliveTimeout: 72_000,
  maxHeaderSize: 16_384,
  pipelined: 32,
  maxUnread: 1_048_576,
  unreadTimeout: 5_000,
  // With more, other requests would wait behind as many large answers.
  reads: 2,
  readRate: 8_388_608,
  outside: 10_000,
  perAddress: 50,
  silence: 2_000,
  share: 2_000,
  maxConnections: 20_000,
};

/** The default of `THROTTLE_GLOBAL_LIMIT`. */
const USUAL_REQUESTS = 120;

/** Scales the limits of an address: a higher request limit means that more users are expected behind one address. */
export function limitsFor(requestsAMinute: number, limits = CONNECTION_LIMITS): ConnectionLimits {
  const factor = Math.max(1, requestsAMinute / USUAL_REQUESTS);
  return {
    ...limits,
    perAddress: Math.ceil(limits.perAddress * factor),
    reads: Math.ceil(limits.reads * factor),
    readRate: limits.readRate * factor,
    share: Math.ceil(limits.share * factor),
  };
}
