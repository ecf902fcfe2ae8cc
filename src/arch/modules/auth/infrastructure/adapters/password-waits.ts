/** Of whom wrong passwords are counted how long, how many are free, and how long each further one makes the next wait. */
export interface WaitRule {
  /** Milliseconds from the first wrong one on, after which all are forgotten. */
  readonly window: number;
  /** The last of these is the first after which the next has to wait. */
  readonly free: number;
  /** Milliseconds; doubled by each further one. */
  readonly firstWait: number;
}

/** Milliseconds. Longer ones would let strangers keep the owner of an account out. */
const LONGEST_WAIT = 60_000;

/** One account and one address: whoever has forgotten the password finds it, or not, in ten. */
export const PAIR_RULE: WaitRule = { window: 86_400_000, free: 10, firstWait: 10_000 };
/** One account and all addresses: 160 an hour at most, which no password that is not common falls to. */
export const ACCOUNT_RULE: WaitRule = { window: 3_600_000, free: 100, firstWait: 1_000 };

/** Milliseconds that the next one waits behind this many wrong ones; 0 when it need not. */
export function waitAfter({ free, firstWait }: WaitRule, wrong: number): number {
  return wrong < free ? 0 : Math.min(LONGEST_WAIT, firstWait * 2 ** (wrong - free));
}
