import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readCommandLine } from '../src/arch/command-line.js';
import { environmentSchema } from '../src/arch/common/infrastructure/config/environment.schema.js';
import { startBaseline } from './contestants/baseline.js';
import { startCauserie } from './contestants/causerie.js';
import type { Contestant } from './contestants/contestant.js';
import { type Options, parseOptions } from './options.js';
import { progress } from './progress.js';
import type { NamedResult } from './report/report-data.js';
import { writeReport } from './report/report.js';
import { bindToCores } from './setup/cores.js';
import { fdatasyncMilliseconds } from './setup/disk.js';
import { describeMachine } from './setup/machine.js';
import { createUsers } from './setup/population.js';
import { openPostgres } from './setup/postgres.js';
import { USAGE } from './usage.js';
import { WORKLOADS } from './workloads/all.js';
import type { Context, Workload, WorkloadResult } from './workloads/workload.js';

const USERS = 5_000;
const SMALL_ROOM_USERS = 2;
const LIST_USERS = 5;

/** Functions that stop what was started. They are called in reverse order. */
const stops: (() => Promise<unknown>)[] = [];

async function main(options: Options): Promise<number> {
  const workloads = selectWorkloads(options);
  if (options.list) {
    process.stdout.write(WORKLOADS.map(({ name, title }) => `${name.padEnd(20)}${title}\n`).join(''));
    return 0;
  }
  const { cores, bound } = bindToCores(options.cores);
  const { DATABASE_POOL_SIZE: poolSize } = environmentSchema.parse({});
  const temporary = await mkdtemp(join(tmpdir(), 'causerie-benchmark-'));
  stops.push(() => rm(temporary, { recursive: true, force: true }));
  const postgres = await openPostgres(options.postgres, join(temporary, 'database'));
  stops.push(() => postgres.stop());
  const folder = join(temporary, 'server');
  await mkdir(folder);

  const secret = randomBytes(32).toString('hex');
  const settings = { secret, poolSize, folder };
  const [url, baselineUrl] = [
    await postgres.createDatabase('bench_first'),
    await postgres.createDatabase('bench_second'),
  ];
  const start = (nodeArguments: readonly string[]) => startCauserie(url, { ...settings, nodeArguments });
  const profile =
    options.cpuProf === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.cpuProf)}`];
  const first = await stopLater(options.self ? startBaseline('baseline A', url, settings) : start(profile));
  const second = await stopLater(
    options.before === undefined
      ? startBaseline(options.self ? 'baseline B' : 'baseline', baselineUrl, settings)
      : startCauserie(baselineUrl, { ...settings, checkout: resolve(options.before) }),
  );

  const users = await createUsers(USERS + SMALL_ROOM_USERS + LIST_USERS, secret);
  await Promise.all([first.addUsers(users), second.addUsers(users)]);
  const context: Context = {
    options,
    contestants: [first, second],
    users: users.slice(0, USERS),
    smallRoomUsers: users.slice(USERS, USERS + SMALL_ROOM_USERS),
    listUsers: users.slice(-LIST_USERS),
    startCauserie: start,
  };
  const fdatasync = postgres.dataDir === undefined ? undefined : fdatasyncMilliseconds(postgres.dataDir);
  const machine = await describeMachine(url, { cores, bound, poolSize, fdatasync });
  const results = await runAll(context, workloads);
  await writeReport({ date: new Date(), options, machine, results }, options.out);
  return results.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

async function runAll(context: Context, workloads: readonly Workload[]): Promise<NamedResult[]> {
  const results: NamedResult[] = [];
  for (const workload of workloads) {
    const { name, title } = workload;
    progress(`${title} (${name})`);
    const result = await workload.run(context).catch(failedResult);
    for (const violation of result.violations) progress(`  VIOLATION ${violation}`);
    results.push({ name, title, ...result });
  }
  return results;
}

/** The result of a workload that failed: a violation in the report. The others are still measured. */
function failedResult(error: unknown): WorkloadResult {
  if (stopping) throw error;
  return { figures: [], details: [], violations: [`failed: ${String(error)}`] };
}

/** @throws Error for an unknown name */
function selectWorkloads({ workloads, self, before }: Options): Workload[] {
  const unknown = workloads.find((wanted) => !WORKLOADS.some(({ name }) => name === wanted));
  if (unknown !== undefined) throw new Error(`There is no workload ${unknown}; --list names them.`);
  return WORKLOADS.filter(
    ({ name, withoutBaseline }) =>
      (workloads.length === 0 || workloads.includes(name)) &&
      !((self || before !== undefined) && withoutBaseline),
  );
}

async function stopLater(starting: Promise<Contestant>): Promise<Contestant> {
  const contestant = await starting;
  stops.push(() => contestant.stop());
  return contestant;
}

let stopping: Promise<void> | undefined;

function stopAll(): Promise<void> {
  return (stopping ??= stopInTurn());
}

async function stopInTurn(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    // The others are stopped even when one fails.
    await stop().catch((error: unknown) => progress(`Something could not be stopped: ${String(error)}`));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));
}

// A reader of the output may close the pipe.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => void stopAll().finally(() => process.exit(1)));
}

const options = readCommandLine(USAGE, (args) => {
  const parsed = parseOptions(args);
  selectWorkloads(parsed);
  return parsed;
});

try {
  process.exitCode = await main(options);
} catch (error) {
  // After a signal all sockets are lost, which is not worth reporting.
  if (!stopping) progress(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await stopAll();
}
