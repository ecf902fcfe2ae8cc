import { Account } from './account.ts';
import { Api } from './api.ts';
import { checkHistory } from './check/check-history.ts';
import type { Violation } from './check/violation.ts';
import type { Counts } from './counts.ts';
import type { Options } from './options.ts';
import { Random } from './random.ts';
import { runRound } from './round.ts';

/** Acknowledged messages after which the history is checked and a new one begun: what bounds the memory. */
const ROUND = 100_000;
const STRANGERS = 3;

/** Something that goes wrong on purpose while the clients work. */
export interface Faults {
  begin(): void;
  /** Resolves when the server is whole again. */
  end(): Promise<void>;
}

/** Drives the server at `url` and answers with everything that it did wrong. */
export async function verify(
  url: string,
  { minutes, messages, clients, conversations, seed }: Omit<Options, 'url' | 'faults'>,
  counts: Counts,
  faults?: Faults,
): Promise<Violation[]> {
  const random = new Random(seed);
  const api = new Api(url, counts);
  const signUp = (name: string): Promise<Account> => Account.signUp(api, name);
  const members = await Promise.all(Array.from({ length: clients }, (_, n) => signUp(`client ${n}`)));
  const strangers = await Promise.all(Array.from({ length: STRANGERS }, (_, n) => signUp(`stranger ${n}`)));
  const end = Date.now() + minutes * 60_000;
  const done = (): boolean => Date.now() >= end || counts.acknowledged >= messages;
  const violations: Violation[] = [];
  do {
    const full = counts.acknowledged + ROUND;
    faults?.begin();
    const history = await runRound(
      { members, strangers, conversations, random },
      () => done() || counts.acknowledged >= full,
      async () => faults?.end(),
    );
    counts.rounds += 1;
    for (const violation of checkHistory(history)) violations.push(violation);
  } while (!done());
  return violations;
}
