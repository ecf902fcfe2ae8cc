import { setTimeout as delay } from 'node:timers/promises';
import type { Cause } from './causes.ts';
import type { Figures } from './report.ts';
import type { Stage } from './stage.ts';
import { type Acknowledged, Traffic } from './traffic.ts';

/** Milliseconds of traffic before the cause begins. */
const BEFORE = 3_000;
/** Minimum milliseconds of traffic after the cause has ended. */
const AFTER = 2_000;
/** Maximum milliseconds until every conversation accepts messages again. */
const RECOVERY_LIMIT = 60_000;
/** Milliseconds in which acknowledged messages must be delivered. */
const DELIVERY_LIMIT = 10_000;
/** Milliseconds between two checks. */
const CHECK_INTERVAL = 500;

/** Measures the effect of a cause on the traffic, from before it begins until every conversation accepts messages again. */
export async function measureOutage(
  stage: Stage,
  cause: Cause,
  seconds: number,
): Promise<Omit<Figures, 'stops'>> {
  await cause.prepare?.(stage);
  const traffic = new Traffic(stage.conversations);
  const seen = new Map<string, number>();
  const stop = new AbortController();
  if (!cause.cold) {
    traffic.begin();
    await delay(BEFORE);
  }
  const probing = probeUntil(stage, cause, seen, stop.signal);
  const begun = performance.now();
  await cause.begin(stage);
  if (cause.burst !== undefined) traffic.sendBurst(cause.burst);
  if (cause.cold) traffic.begin();
  await delay((cause.seconds ?? seconds) * 1_000);
  await cause.end(stage);
  const ended = performance.now();
  const meanwhile = new Map(traffic.refused);
  traffic.sendBurst(1);
  await delay(AFTER);
  const again = await waitUntilAccepted(stage, traffic, ended);
  stop.abort();
  await Promise.race([traffic.end(), delay(RECOVERY_LIMIT, undefined, { ref: false })]);
  await probing;
  const undelivered = await countUndelivered(stage, traffic.acknowledged);
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
    undelivered,
  };
}

/** @returns milliseconds from the end of the cause until each conversation accepted a message; Infinity for never */
async function waitUntilAccepted(stage: Stage, traffic: Traffic, ended: number): Promise<number[]> {
  const first = new Map<string, number>();
  for (let checks = 0; checks < RECOVERY_LIMIT / CHECK_INTERVAL; checks += 1) {
    for (const { conversation, answered } of traffic.acknowledged)
      if (answered >= ended) first.set(conversation, Math.min(first.get(conversation) ?? Infinity, answered));
    if (first.size === stage.conversations.length || stage.server.exit !== undefined) break;
    await delay(CHECK_INTERVAL);
  }
  return stage.conversations.map(({ id }) => (first.get(id) ?? Infinity) - ended);
}

/** Counts the answers to the readiness probe and to the probe of the cause, until the signal. */
async function probeUntil(
  stage: Stage,
  cause: Cause,
  seen: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  while (!signal.aborted) {
    count((await stage.server.isReady()) ? 'ready' : 'not ready');
    if (cause.probe) count(await cause.probe(stage).catch(() => 'no answer'));
    await delay(CHECK_INTERVAL, undefined, { signal }).catch(() => undefined);
  }
}

/** @returns the number of acknowledged messages that no listener has received, neither live nor by catching up */
async function countUndelivered(stage: Stage, acknowledged: readonly Acknowledged[]): Promise<number> {
  const countMissing = (): number =>
    acknowledged.filter(({ id }) => !stage.listeners.some(({ received }) => received.has(id))).length;
  for (let checks = 0; checks < DELIVERY_LIMIT / CHECK_INTERVAL; checks += 1) {
    await Promise.all(stage.listeners.map((listener) => listener.catchUp()));
    if (countMissing() === 0) break;
    await delay(CHECK_INTERVAL);
  }
  return countMissing();
}

async function countLost(stage: Stage, acknowledged: readonly Acknowledged[]): Promise<number> {
  const ids = acknowledged.map(({ id }) => id);
  const rows = await stage.query<{ id: string }>('select id from messages where id = any($1)', [ids]);
  const stored = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !stored.has(id)).length;
}
