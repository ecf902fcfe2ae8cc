import { readCommandLine } from '../src/arch/command-line.ts';
import { Counts } from './counts.ts';
import { Kills } from './kills.ts';
import { AnswerCuts } from './network/answer-cuts.ts';
import { type Options, parseOptions, USAGE } from './options.ts';
import { OwnCluster } from './own-cluster.ts';
import { Progress } from './progress.ts';
import { Random } from './random.ts';
import { describeCounts, describeViolations } from './report.ts';
import { type Faults, verify } from './verify.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(options: Options): Promise<boolean> {
  const counts = new Counts();
  const random = new Random(options.seed);
  const cuts = options.cuts ? new AnswerCuts(counts, random.fork()) : undefined;
  const progress = new Progress(counts, options);
  if (options.urls.length === 0) progress.report('Starting a server');
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
  progress.begin();
  try {
    const kills = cluster && options.faults ? new Kills(cluster, counts, random.fork()) : undefined;
    const faults = [kills, cuts].filter((fault) => fault !== undefined);
    const urls = cuts ? await Promise.all(nodes.map((url) => cuts.openBeforeNode(url))) : nodes;
    const violations = await verify(urls, options, counts, combineFaults(faults), progress);
    print(describeCounts(counts, options, (Date.now() - begun) / 1000));
    print(
      violations.length === 0
        ? 'no violations'
        : `${violations.length} violations\n${describeViolations(violations)}`,
    );
    clean = violations.length === 0;
    return clean;
  } finally {
    progress.end();
    await cleanUp(!clean && options.keep);
  }
}

function combineFaults(faults: readonly Faults[]): Faults {
  return {
    begin: () => {
      for (const fault of faults) fault.begin();
    },
    end: async () => {
      for (const fault of faults) await fault.end();
    },
  };
}

// After a failure clients may still be retrying: the process exits without waiting for them.
process.exit(
  await main(readCommandLine(USAGE, parseOptions)).then(
    (clean) => (clean ? 0 : 1),
    (error: unknown) => {
      print(`the check did not finish: ${String(error)}`);
      return 1;
    },
  ),
);
