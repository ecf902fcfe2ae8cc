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
  /** Of an engine.io connection, all in all, in no namespace. */
  readonly outsideNamespaces: number;
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
  outsideNamespaces: 10_000,
  maxConnections: 20_000,
};
