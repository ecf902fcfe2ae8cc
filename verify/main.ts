import { setTimeout as delay } from 'node:timers/promises';
import { Counts } from './counts.ts';
import { Kills } from './kills.ts';
import { AnswerCuts } from './network/answer-cuts.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { OwnCluster } from './own-cluster.ts';
import { Random } from './random.ts';
import { describeCounts, describeViolations } from './report.ts';
import { type Faults, verify } from './verify.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS = 5_000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(options: Options): Promise<boolean> {
  const counts = new Counts();
  const random = new Random(options.seed);
  const cuts = options.cuts ? new AnswerCuts(counts, random.fork()) : undefined;
  const cluster = options.urls.length === 0 ? await OwnCluster.start(options, cuts) : undefined;
  const nodes = cluster?.urls ?? options.urls;
  const cleanUp = async (keep: boolean): Promise<void> => {
    await cluster?.stop();
    await cuts?.close();
    if (cluster && keep) print(`the server's log and data: ${cluster.folders.join(', ')}`);
    else await cluster?.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp(false).finally(() => process.exit(130)));
  }
  print(`${nodes.join(', ')}, --seed ${options.seed}`);
  let clean = false;
  const begun = Date.now();
  const stopProgress = new AbortController();
  void reportProgress(counts, stopProgress.signal);
  try {
    const kills = cluster && options.faults ? new Kills(cluster, counts, random.fork()) : undefined;
    const faults = [kills, cuts].filter((fault) => fault !== undefined);
    const urls = cuts ? await Promise.all(nodes.map((url) => cuts.beforeNode(url))) : nodes;
    const violations = await verify(urls, options, counts, all(faults));
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
    await cleanUp(!clean && options.keep);
  }
}

function all(faults: readonly Faults[]): Faults {
  return {
    begin: () => {
      for (const fault of faults) fault.begin();
    },
    end: async () => {
      for (const fault of faults) await fault.end();
    },
  };
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
