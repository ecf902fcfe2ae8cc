import { Injectable } from '@nestjs/common';
import type { IdempotencyPort, KeptAnswer, KeyedRequest } from '../../application/ports/idempotency.port.js';
import { Database } from '../database/database.js';
import { KeptAnswers } from './kept-answers.js';

interface InFlightRequest {
  readonly bodySha256: Buffer;
  readonly answer: Promise<KeptAnswer>;
}

/**
 * The row of a key decides which request is first, over all nodes. On one node repeats share the first one's answer in
 * memory, so that only one connection waits, however many repeats there are.
 */
@Injectable()
export class IdempotencyAdapter implements IdempotencyPort {
  private readonly kept: KeptAnswers;
  private readonly inFlight = new Map<string, InFlightRequest>();

  constructor(private readonly database: Database) {
    this.kept = new KeptAnswers(database);
  }

  async runOnce(request: KeyedRequest, work: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
    const { userId, route, key, bodySha256 } = request;
    const name = `${userId} ${route} ${key}`;
    let other = this.inFlight.get(name);
    // A different request under the same key waits until it is known to which request the key belongs.
    while (other && !other.bodySha256.equals(bodySha256)) {
      await Promise.allSettled([other.answer]);
      other = this.inFlight.get(name);
    }
    if (other) return other.answer;
    const answer = this.answerRequest(request, work);
    this.inFlight.set(name, { bodySha256, answer });
    try {
      return await answer;
    } finally {
      this.inFlight.delete(name);
    }
  }

  async eraseOf(userId: string): Promise<void> {
    await this.kept.eraseOf(userId);
  }

  private answerRequest(request: KeyedRequest, work: () => Promise<KeptAnswer>): Promise<KeptAnswer> {
    return this.database.runInTransaction(async () => {
      if (!(await this.kept.takeKey(request))) return this.kept.findAnswer(request);
      const answer = await work();
      await this.kept.keepAnswer(request, answer);
      return answer;
    });
  }
}
