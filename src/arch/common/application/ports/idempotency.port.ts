/** A request that its client may repeat. */
export interface KeyedRequest {
  readonly userId: string;
  /** Method and pattern of the route: `POST /posts`. */
  readonly route: string;
  /** Chosen by the client: 1–64 printable ASCII characters. */
  readonly key: string;
  /** SHA-256 of the request body. */
  readonly bodySha256: Buffer;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

export abstract class IdempotencyPort {
  /**
   * Runs `work` in a transaction, once in 24 hours for a user, route and key, and stores its answer in the same
   * transaction: a repeat gets that answer. A repeat that comes while the first request is in flight waits for it; when
   * that runs on another node, for at most the lock timeout. When `work` rejects, nothing is stored and a repeat runs
   * it again.
   * @throws IdempotencyKeyReusedError when the key belongs to another request
   * @throws SessionRevokedError when the account has been deleted
   * @throws UnavailableError when the first request did not end in time
   */
  abstract runOnce(request: KeyedRequest, work: () => Promise<KeptAnswer>): Promise<KeptAnswer>;

  /** Deletes the stored answers of a user. */
  abstract eraseOf(userId: string): Promise<void>;
}
