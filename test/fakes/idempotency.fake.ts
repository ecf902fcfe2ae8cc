import type {
  IdempotencyPort,
  KeptAnswer,
  KeyedRequest,
} from '../../src/arch/common/application/ports/idempotency.port.js';
import type { TransactionRunnerPort } from '../../src/arch/common/application/ports/transaction-runner.port.js';
import { IdempotencyKeyReusedError } from '../../src/arch/common/domain/errors/idempotency-key-reused.error.js';
import { SessionRevokedError } from '../../src/arch/common/domain/errors/session-revoked.error.js';

const KEPT = 86_400_000;

interface Kept extends KeptAnswer {
  readonly userId: string;
  readonly bodySha256: Buffer;
  readonly at: number;
}

/** Transactions run one after another, as in the fake of the runner. */
export class IdempotencyFake implements IdempotencyPort {
  readonly kept = new Map<string, Kept>();
  readonly gone = new Set<string>();
  /** Milliseconds by which its clock was advanced. */
  ahead = 0;

  constructor(private readonly transactions: TransactionRunnerPort) {}

  runOnce(request: KeyedRequest, work: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
    const { userId, route, key, bodySha256 } = request;
    const name = `${userId} ${route} ${key}`;
    return this.transactions.runInTransaction(async () => {
      if (this.gone.has(userId)) throw new SessionRevokedError();
      const now = Date.now() + this.ahead;
      const kept = this.kept.get(name);
      if (kept && kept.at > now - KEPT) {
        if (!kept.bodySha256.equals(bodySha256)) throw new IdempotencyKeyReusedError();
        return { status: kept.status, body: kept.body };
      }
      const answer = await work();
      this.kept.set(name, { ...answer, userId, bodySha256, at: now });
      return answer;
    });
  }

  async eraseOf(userId: string): Promise<void> {
    for (const [name, kept] of this.kept) if (kept.userId === userId) this.kept.delete(name);
  }
}
