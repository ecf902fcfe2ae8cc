import type { Changes } from '../contract.ts';
import { CauserieError, isCauserieError } from '../errors/causerie-error.ts';
import { asCauserieError } from '../errors/error-of.ts';
import type { Scope } from './scope.ts';

/** Conversations in a request, at most. */
const TOGETHER = 50;
/** Requests at the same time, at most, when each of them reads one conversation. */
const BESIDE = 6;
/** Changes in an answer, at most. */
const PAGE = 500;

/** What has changed in a conversation. */
export type ChangesPage = Omit<Changes, 'epoch'>;

/** Reads what has changed: conversations that wait at the same time share a request. */
export interface ChangesReader {
  readonly read: (id: string, since: number) => Promise<ChangesPage>;
  /** There is a new connection: what is in flight may be lost, and is asked for again. */
  readonly begin: () => void;
  /** Nobody waits any more. */
  readonly clear: () => void;
}

/** A conversation that somebody waits for. */
interface Wanted {
  readonly id: string;
  readonly since: number;
  readonly resolve: (page: ChangesPage) => void;
  readonly reject: (error: CauserieError) => void;
}
type Settle = (one: Wanted, outcome: ChangesPage | CauserieError) => void;

export function createChanges(
  { call, noteGone }: Pick<Scope, 'call' | 'noteGone'>,
  epoch: () => string | undefined,
): ChangesReader {
  /** In the order of asking: every request answers the first one, so that nobody waits for ever. */
  let waiting: Wanted[] = [];
  /** The server reads one by one, as far as this connection knows. */
  let isApart = false;
  /** Number of the present run: what belongs to an earlier one is over. */
  let run = 0;

  async function work(): Promise<void> {
    const mine = (run += 1);
    const settle: Settle = (one, outcome) => {
      if (mine !== run) return;
      waiting = waiting.filter((other) => other !== one);
      if (!isCauserieError(outcome)) return one.resolve(outcome);
      one.reject(outcome);
      noteGone(one.id, outcome);
    };
    // Others are asked for in the same moment.
    await Promise.resolve();
    for (;;) {
      const group = nextGroup();
      if (mine !== run || group.length === 0) return;
      if (isApart || group.length === 1) await Promise.all(group.map((one) => readOne(one, settle)));
      else await readTogether(group, settle);
    }
  }

  /** Those that have waited for the longest time, each conversation once. */
  function nextGroup(): Wanted[] {
    const group = new Map<string, Wanted>();
    for (const one of waiting) {
      if (group.size < (isApart ? BESIDE : TOGETHER) && !group.has(one.id)) group.set(one.id, one);
    }
    return [...group.values()];
  }

  async function readOne(one: Wanted, settle: Settle): Promise<void> {
    const { id, since } = one;
    const query = { since, epoch: epoch(), limit: PAGE, events: 'true' } as const;
    const reading = call('GET /chat/conversations/:id/changes', { params: { id }, query });
    settle(one, await reading.catch(asCauserieError));
  }

  async function readTogether(group: readonly Wanted[], settle: Settle): Promise<void> {
    const since = Object.fromEntries(group.map((one) => [one.id, one.since]));
    const reading = call('POST /chat/changes', { body: { since, epoch: epoch() } });
    const answer = await reading.catch(asCauserieError);
    if (!isCauserieError(answer)) {
      const items = new Map(answer.data.map((item) => [item.id, item]));
      for (const one of group) {
        const item = items.get(one.id.toLowerCase());
        if (item && 'data' in item) settle(one, item);
        // The others wait until they fit into an answer.
        else if (!item || !('hasMore' in item) || one === group[0]) settle(one, refusalOf(item));
      }
    } else if (answer.retryable || answer.code === 'CURSOR_INVALID') {
      for (const one of group) settle(one, answer);
      // An older server does not have the route, and what it refuses may be the fault of one of them.
    } else isApart = true;
  }

  return {
    read: (id, since) =>
      new Promise((resolve, reject) => {
        if (waiting.push({ id, since, resolve, reject }) === 1) void work();
      }),
    begin() {
      isApart = false;
      void work();
    },
    clear() {
      run += 1;
      for (const one of waiting) one.reject(new CauserieError('ABORTED'));
      waiting = [];
    },
  };
}

function refusalOf(item: object = {}): CauserieError {
  if ('gone' in item) return new CauserieError('CONVERSATION_NOT_FOUND');
  return new CauserieError('code' in item ? 'CURSOR_INVALID' : 'PROTOCOL');
}
