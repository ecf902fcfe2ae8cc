import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { wholeNumber } from '../whole-number.ts';
import { CAUSES } from './causes.ts';
import { measureOutage } from './outage.ts';
import { describeTable, type Figures, missedGoals, type NotRun } from './report.ts';
import { Stage } from './stage.ts';

const USAGE = `pnpm verify:outages [options]
  For each kind of outage, starts a server and a PostgreSQL behind a slow network, sends messages to many conversations, and
  causes the outage. Prints how long after its end each conversation accepts messages again. Ends with status 1 when this
  takes more than 5 s for over one in a hundred conversations, when the process ends, when an acknowledged message is lost
  or not delivered, and when this machine cannot run an outage (full disks need root).
  --only text         runs only the outages whose name contains this text: ${Object.keys(CAUSES).join(', ')}
  --conversations n   number of conversations (3000)
  --latency ms        latency between the server and its database, in each direction (5)
  --seconds n         duration of an outage (6); a locked row always takes a minute
  --help, --version
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const { only, numbers } = readCommandLine(USAGE, (args) => {
  const { values } = parseArgs({
    args: [...args],
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

/** Runs one outage on a stage of its own. @returns a row of the table */
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
    figures = await measureOutage(stage, cause, seconds ?? 0);
  } finally {
    stops = await stage.close();
    await cause.cleanUp?.();
  }
  print(`${name}: event loop delay of the clients ${(lateness.percentile(99) / 1e6).toFixed(0)} ms (p99)`);
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
  print(`\n${describeTable(rows)}\n\n${missed.length === 0 ? 'every goal is reached' : missed.join('\n')}`);
  return rows.length > 0 && missed.length === 0;
}

process.exit((await main()) ? 0 : 1);
