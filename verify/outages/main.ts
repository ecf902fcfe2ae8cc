import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { wholeNumber } from '../whole-number.ts';
import { CAUSES } from './causes.ts';
import { measure } from './outage.ts';
import { describeTable, type Figures, missedGoals, type NotRun } from './report.ts';
import { Stage } from './stage.ts';

const USAGE = `pnpm verify:outages [options]
  For each outage: a server of its own, a PostgreSQL behind a slow network, conversations in which people talk, and
  something that goes wrong for a while. Prints how long after its end each conversation accepts messages again. Ends
  with status 1 when it is more than 5 s for one in a hundred, when the process ended, when anything acknowledged was
  lost or not told, and when this machine cannot run an outage (full disks need root).
  --only text         of the outages, those with this in their name: ${Object.keys(CAUSES).join(', ')}
  --conversations n   (3000)
  --latency ms        between the server and its database, in each direction (5)
  --seconds n         how long an outage lasts (6); a locked row always a minute
  --help, --version
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const { only, numbers } = readCommandLine(USAGE, (words) => {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string', default: '' },
      conversations: { type: 'string', default: '3000' },
      latency: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '6' },
    },
  });
  const counts = [
    wholeNumber('conversations', values.conversations, 0),
    wholeNumber('latency', values.latency, 0),
    wholeNumber('seconds', values.seconds, 0),
  ];
  return { only: values.only, numbers: counts };
});

/** A row of the table, on a stage of its own. */
async function runOutage(
  name: string,
  [conversations, latency, seconds]: number[],
): Promise<Figures | NotRun> {
  let cause;
  try {
    cause = CAUSES[name]?.();
  } catch (error) {
    return { name, reason: error instanceof Error ? error.message : String(error) };
  }
  if (!cause) return { name, reason: 'there is no such outage' };
  const stage = await Stage.open({
    conversations: conversations ?? 0,
    latency: latency ?? 0,
    ...cause.settings,
  });
  const lateness = monitorEventLoopDelay();
  lateness.enable();
  let figures;
  let stops = true;
  try {
    figures = await measure(stage, cause, seconds ?? 0);
  } finally {
    stops = await stage.close();
    await cause.cleanUp?.();
  }
  print(
    `${name}: the people, in this process, were late by ${(lateness.percentile(99) / 1e6).toFixed(0)} ms (p99)`,
  );
  return { ...figures, stops };
}

async function main(): Promise<boolean> {
  const rows: (Figures | NotRun)[] = [];
  for (const name of Object.keys(CAUSES).filter((each) => each.includes(only))) {
    const row = await runOutage(name, numbers);
    print(describeTable([row]).split('\n').at(-1) ?? '');
    rows.push(row);
  }
  const missed = rows.flatMap(missedGoals);
  print(`\n${describeTable(rows)}\n\n${missed.length === 0 ? 'every goal is met' : missed.join('\n')}`);
  return rows.length > 0 && missed.length === 0;
}

process.exit((await main()) ? 0 : 1);
