/**
 * A rule for wrong passwords: how long they are counted, how many are free, and how long each further one makes the
 * next wait.
 */
export interface WaitRule {
  /** Milliseconds from the first wrong one on, after which all expire. */
  readonly window: number;
  /** Number of wrong passwords before the next attempt has to wait. */
  readonly free: number;
  /** Milliseconds; doubled by each further wrong password. */
  readonly firstWait: number;
}

/** Milliseconds. With longer ones attackers could lock the owner of an account out. */
const LONGEST_WAIT = 60_000;

/** One account and one address: ten attempts are enough for a user to remember a password, or not. */
export const PAIR_RULE: WaitRule = { window: 86_400_000, free: 10, firstWait: 10_000 };
/** One account and all addresses: 160 attempts an hour at most, too few to guess a password that is not common. */
export const ACCOUNT_RULE: WaitRule = { window: 3_600_000, free: 100, firstWait: 1_000 };

/** Milliseconds that the next attempt waits after this many wrong ones; 0 when it need not wait. */
export function waitAfter({ free, firstWait }: WaitRule, wrong: number): number {
  return wrong < free ? 0 : Math.min(LONGEST_WAIT, firstWait * 2 ** (wrong - free));
}
