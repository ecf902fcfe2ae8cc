import { setTimeout as delay } from 'node:timers/promises';
import { Counts } from './counts.ts';
import { Kills } from './kills.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { OwnServer } from './own-server.ts';
import { Random } from './random.ts';
import { describeCounts, describeViolations } from './report.ts';
import { verify } from './verify.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS = 5_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(options: Options): Promise<boolean> {
  const server = options.url === undefined ? await OwnServer.start() : undefined;
  const url = options.url ?? server?.url ?? '';
  const cleanUp = async (keep: boolean): Promise<void> => {
    await server?.stop();
    if (server && keep) print(`the server's log and data: ${server.folder}`);
    else await server?.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp(false).finally(() => process.exit(130)));
  }
  print(`${url}, --seed ${options.seed}`);
  const counts = new Counts();
  let clean = false;
  const begun = Date.now();
  const stopProgress = new AbortController();
  void reportProgress(counts, stopProgress.signal);
  try {
    const kills = server && options.faults ? new Kills(server, counts, new Random(options.seed)) : undefined;
    const violations = await verify(url, options, counts, kills);
    print(describeCounts(counts, options, (Date.now() - begun) / 1000));
    print(
      violations.length === 0
        ? 'no violations'
        : `${violations.length} violations\n${describeViolations(violations)}`,
    );
    clean = violations.length === 0;
    return clean;
  } finally {
    stopProgress.abort();
    await cleanUp(!clean);
  }
}

async function reportProgress(counts: Counts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(PROGRESS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const { acknowledged, duplicatesAnswered, drops, deliveries, toldToWait } = counts;
    process.stderr.write(
      `… ${acknowledged} acknowledged, ${duplicatesAnswered} duplicates, ${drops} drops, ${deliveries} deliveries, ${toldToWait} told to wait\n`,
    );
  }
}

function optionsOrUsage(): Options {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}`);
    return process.exit(2);
  }
}

// After a failure clients may still be trying: exit, not wait for them.
process.exit(
  await main(optionsOrUsage()).then(
    (clean) => (clean ? 0 : 1),
    (error: unknown) => {
      print(`the check could not be finished: ${String(error)}`);
      return 1;
    },
  ),
);
