/** Something that a client asks for, and may ask for again. */
export interface KeyedRequest {
  readonly userId: string;
  /** Method and pattern of the route: `POST /posts`. */
  readonly route: string;
  /** Of the client's making: 1–64 printable ASCII characters. */
  readonly key: string;
  /** SHA-256 of what is asked for. */
  readonly bodySha256: Buffer;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

export abstract class IdempotencyPort {
  /**
   * Does `work` in a transaction, once in 24 hours for a user, route and key, and keeps its answer in the same
   * transaction: a repeat gets that answer. One that comes while the first is under way waits for it, when that runs on
   * another node at most as long as one waits for a lock. When `work` rejects nothing is kept, and a repeat does it anew.
   * @throws IdempotencyKeyReusedError when the key stands for something else
   * @throws SessionRevokedError when the account has ended
   * @throws UnavailableError when the first did not end in time
   */
  abstract runOnce(request: KeyedRequest, work: () => Promise<KeptAnswer>): Promise<KeptAnswer>;

  /** Erases what is kept of a user. */
  abstract eraseOf(userId: string): Promise<void>;
}
