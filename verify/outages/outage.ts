import { setTimeout as delay } from 'node:timers/promises';
import type { Cause } from './causes.ts';
import type { Figures } from './report.ts';
import type { Stage } from './stage.ts';
import { type Acknowledged, Traffic } from './traffic.ts';

/** Milliseconds. */
const BEFORE = 3_000;
/** After the cause has ended, at least; then until every conversation has been accepted again, or the limit. */
const AFTER = 2_000;
const LIMIT = 60_000;
/** Until what was acknowledged must have been told. */
const TELL = 10_000;
const LOOK = 500;

/** Lets the cause come and go beside traffic, and looks at what it did to whom. */
export async function measure(stage: Stage, cause: Cause, seconds: number): Promise<Omit<Figures, 'stops'>> {
  await cause.prepare?.(stage);
  const traffic = new Traffic(stage.conversations);
  const seen = new Map<string, number>();
  const stop = new AbortController();
  if (!cause.cold) {
    traffic.begin();
    await delay(BEFORE);
  }
  const looking = look(stage, cause, seen, stop.signal);
  const begun = performance.now();
  await cause.begin(stage);
  if (cause.burst !== undefined) traffic.burst(cause.burst);
  if (cause.cold) traffic.begin();
  await delay((cause.seconds ?? seconds) * 1_000);
  await cause.end(stage);
  const ended = performance.now();
  const meanwhile = new Map(traffic.refused);
  traffic.burst(1);
  await delay(AFTER);
  const again = await untilAccepted(stage, traffic, ended);
  stop.abort();
  await Promise.race([traffic.end(), delay(LIMIT, undefined, { ref: false })]);
  await looking;
  const untold = await countUntold(stage, traffic.acknowledged);
  return {
    name: cause.name,
    seconds: (ended - begun) / 1_000,
    again,
    meanwhile: traffic.acknowledged
      .filter(({ answered }) => answered > begun && answered < ended)
      .map(({ sent, answered }) => answered - sent),
    refused: traffic.refused,
    refusedMeanwhile: meanwhile,
    seen,
    exits: stage.server.exit === undefined ? 0 : 1,
    acknowledged: traffic.acknowledged.length,
    lost: await countLost(stage, traffic.acknowledged),
    untold,
  };
}

/** Milliseconds after the end of the cause at which each conversation accepted a message again; Infinity for never. */
async function untilAccepted(stage: Stage, traffic: Traffic, ended: number): Promise<number[]> {
  const first = new Map<string, number>();
  for (let looks = 0; looks < LIMIT / LOOK; looks += 1) {
    for (const { conversation, answered } of traffic.acknowledged)
      if (answered >= ended) first.set(conversation, Math.min(first.get(conversation) ?? Infinity, answered));
    if (first.size === stage.conversations.length || stage.server.exit !== undefined) break;
    await delay(LOOK);
  }
  return stage.conversations.map(({ id }) => (first.get(id) ?? Infinity) - ended);
}

/** What else is answered meanwhile: readiness, and what the cause is about. */
async function look(
  stage: Stage,
  cause: Cause,
  seen: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  while (!signal.aborted) {
    count((await stage.server.isReady()) ? 'ready' : 'not ready');
    if (cause.probe) count(await cause.probe(stage).catch(() => 'no answer'));
    await delay(LOOK, undefined, { signal }).catch(() => undefined);
  }
}

/** Acknowledged messages of which its listener has heard neither live nor when it came back. */
async function countUntold(stage: Stage, acknowledged: readonly Acknowledged[]): Promise<number> {
  const untold = (): number =>
    acknowledged.filter(({ id }) => !stage.listeners.some(({ heard }) => heard.has(id))).length;
  for (let looks = 0; looks < TELL / LOOK; looks += 1) {
    await Promise.all(stage.listeners.map((listener) => listener.catchUp()));
    if (untold() === 0) break;
    await delay(LOOK);
  }
  return untold();
}

async function countLost(stage: Stage, acknowledged: readonly Acknowledged[]): Promise<number> {
  const ids = acknowledged.map(({ id }) => id);
  const rows = await stage.query<{ id: string }>('select id from messages where id = any($1)', [ids]);
  const stored = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !stored.has(id)).length;
}
