/** Bytes of a request body that is no upload. */
export const BODY_LIMIT = 102_400;

/** What one connection may cost. Times are in milliseconds. */
export interface ConnectionLimits {
  /** From its first byte (or the opening of the connection) to the end of a request's headers. */
  readonly headersTimeout: number;
  /** From its first byte to the end of a request's body. */
  readonly requestTimeout: number;
  /** How often those two are looked at. */
  readonly checkInterval: number;
  /** Without any byte in either direction while an answer is under way; websockets are not meant. */
  readonly idleTimeout: number;
  /** Between requests; longer than the minute after which common proxies drop their side. */
  readonly keepAliveTimeout: number;
  /** Bytes of the request line and the headers together. */
  readonly maxHeaderSize: number;
  /** Requests that a connection may begin in one turn of the event loop: who waits for answers begins one. */
  readonly pipelined: number;
  /** Bytes of answers that one client may leave unread, and ten times that all behind one address. */
  readonly maxUnread: number;
  /** Without any byte taken of more than that. */
  readonly unreadTimeout: number;
  /** Reads of all users behind one address that are worked on at a time. */
  readonly reads: number;
  /** Bytes a second at which the place of a read is used up by its answer. */
  readonly readRate: number;
  /** Of an engine.io connection, all in all, in no namespace. */
  readonly outside: number;
  /** Connections of one address that speak for nobody: TCP without a request, engine.io outside the namespaces. */
  readonly perAddress: number;
  /** After which one of them makes room for a newcomer. */
  readonly silence: number;
  /** TCP connections of one address, idle ones and websockets included. */
  readonly share: number;
  /** Of one process, websockets included; more are closed at once. */
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
  // With more, what everybody else does would wait behind so many large answers.
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

/** Whoever lets an address ask more often than usual expects more people behind one. */
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
