import { Injectable } from '@nestjs/common';
import {
  type Count,
  type Counted,
  CountersPort,
} from '../../../../common/application/ports/counters.port.js';
import { ThrottlerLimits } from '../../../../common/application/throttler-limits.js';
import { addressNetworks } from '../../../../common/domain/address-networks.js';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import type {
  PasswordAttempt,
  PasswordAttemptsPort,
} from '../../application/ports/password-attempts.port.js';
import { ACCOUNT_RULE, PAIR_RULE, waitAfter, type WaitRule } from './password-waits.js';
import { PasswordKeys } from './password-keys.js';
import { AttemptsInFlight } from './attempts-in-flight.js';

/** Milliseconds after which attempts in flight are known to be right or wrong. */
const SOON = 1_000;

/** The counts of an attempt, which are undone together with the windows that they opened. */
type Counts = readonly Count[];

@Injectable()
export class PasswordAttemptsAdapter implements PasswordAttemptsPort {
  /** Undecided attempts of this node by address. */
  private readonly inFlight = new AttemptsInFlight();

  constructor(
    private readonly counters: CountersPort,
    private readonly limits: ThrottlerLimits,
    private readonly keys: PasswordKeys,
  ) {}

  attemptPassword(attempt: PasswordAttempt, verify: () => Promise<boolean>): Promise<boolean> {
    const { pair, account } = this.keys.keysOf(attempt.email, attempt.address);
    const counts = this.countersFor(attempt, pair, account);
    return this.inFlight.runAttempt(counts[0]?.key ?? pair, async () => {
      const taken = await this.takeAttempt(attempt, counts, pair, account);
      const right = await this.orGiveBack(taken, verify);
      if (right)
        await Promise.all([this.giveBackAttempt(taken), this.counters.resetCounters([pair, waitOf(pair)])]);
      return right;
    });
  }

  private countersFor({ purpose, address }: PasswordAttempt, pair: string, account: string): Counts {
    return [
      ...(purpose === 'login' ? this.limits.addressCounts('auth', addressNetworks(address ?? '')) : []),
      { key: pair, window: PAIR_RULE.window },
      { key: account, window: ACCOUNT_RULE.window },
    ];
  }

  /** Of many attempts at once each has its own number, and of those that have to wait one gets the turn. */
  private async takeAttempt(
    attempt: PasswordAttempt,
    counts: Counts,
    pair: string,
    account: string,
  ): Promise<Counts> {
    const counted = await this.counters.increaseCounters(counts);
    if (counted.length < counts.length)
      return this.refuseAttempt(counts.slice(0, counted.length), this.waitForAddress(counts, counted));
    const [ofPair, ofAccount] = counted.slice(-2);
    const waits = [wait(PAIR_RULE, pair, ofPair), wait(ACCOUNT_RULE, account, ofAccount)].filter(
      (each) => each !== null,
    );
    if (waits.length === 0) return counts;
    const turns = await this.counters.increaseCounters(waits);
    const missed = waits[turns.length - 1];
    const { total = 0, left = SOON } = turns.at(-1) ?? {};
    if (!missed || total <= 1) return [...counts, ...waits];
    const held = [...counts, ...waits.slice(0, turns.length - 1)];
    if (missed.key === waitOf(account) && (await this.orGiveBack(held, attempt.isAtHome))) return held;
    return this.refuseAttempt(held, left);
  }

  /** Attempts in flight may prove right: then there is room again at once. */
  private waitForAddress(counts: Counts, counted: readonly Counted[]): number {
    const [{ key = '', limit = Infinity } = {}, { total = 0, left = SOON } = {}] = [
      counts[counted.length - 1],
      counted.at(-1),
    ];
    // This attempt is counted in both.
    return total - Math.max(1, this.inFlight.attemptsOf(key)) < limit ? SOON : left;
  }

  private async refuseAttempt(counts: Counts, retryAfterMs: number): Promise<never> {
    await this.giveBackAttempt(counts);
    throw new RateLimitedError(retryAfterMs, 'Too many wrong passwords.');
  }

  private async giveBackAttempt(counts: Counts): Promise<void> {
    await this.counters.increaseCounters(counts.map(({ key, window }) => ({ key, window, amount: -1 })));
  }

  private async orGiveBack(taken: Counts, work: () => Promise<boolean>): Promise<boolean> {
    try {
      return await work();
    } catch (error) {
      await this.giveBackAttempt(taken);
      throw error;
    }
  }
}

const waitOf = (key: string) => `${key}:wait`;

/** Takes the turn that exists once in each wait. */
function wait(rule: WaitRule, key: string, counted: Counted | undefined): Count | null {
  const window = waitAfter(rule, counted?.total ?? 0);
  return window === 0 ? null : { key: waitOf(key), window, limit: 1 };
}
