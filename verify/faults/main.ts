import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { CLIENT_FAULTS, UNHEALED_FAULTS } from './client-faults.ts';
import { EmptyDatabases } from './empty-databases.ts';
import { FAULTS } from './faults.ts';
import type { PlantedFault } from './planted-fault.ts';
import { findMissedRules, verifyWith } from './run.ts';

const USAGE = `pnpm verify:faults [options]
  Plants one fault after another in a server, and checks that pnpm verify finds each. Ends with status 1 when it misses one.
  --only text   plants only the faults whose name contains this text
  --help, --version
`;

/** Most faults are found with so few messages: only the others need a run of the whole length. */
const SHORT = ['--messages', '100'];

/** Runs at a time on each core: a run waits half of its time. */
const RUNS_PER_CORE = 2;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** A run of `pnpm verify`. */
interface Run {
  readonly fault?: PlantedFault;
  readonly options: readonly string[];
}

/** Yields a run without a fault, and then those with a fault whose name contains the text. */
function* selectRuns(text: string): Generator<Run> {
  yield { options: [] };
  const runs: readonly Run[] = [
    ...FAULTS.map((fault) => ({ fault, options: [] })),
    ...[...CLIENT_FAULTS, ...UNHEALED_FAULTS].map((fault) => ({ fault, options: ['--client'] })),
  ];
  yield* runs.filter(({ fault }) => fault?.name.includes(text));
}

/** Runs `pnpm verify`. @returns undefined when it ended as expected, else the reason and the output */
async function findProblem({ fault, options }: Run): Promise<string | undefined> {
  if (fault) {
    const { missed, outputs } = await findMissedRules([fault.rule], (earlier) =>
      databases.lend((url) =>
        verifyWith([fault], [...options, ...(earlier === 0 ? SHORT : []), '--database', url]),
      ),
    );
    return missed.length === 0 ? undefined : `not found by ${fault.rule}\n${outputs.join('\n')}`;
  }
  const { status, output } = await verifyWith();
  return status === 0 ? undefined : `a violation was found without a fault\n${output}`;
}

/** Plants one fault after another. @returns the number of runs that did not end as expected */
async function plantAll(runs: Iterator<Run>): Promise<number> {
  let failed = 0;
  for (let next = runs.next(); !next.done; next = runs.next()) {
    const { fault, options } = next.value;
    const begun = performance.now();
    const problem = await findProblem(next.value);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    print(
      `${problem === undefined ? 'ok' : 'FAILED'}  ${seconds} s  ${[fault ? `${fault.name}: ${fault.rule}` : 'no fault', ...options].join(' ')}`,
    );
    if (problem === undefined) continue;
    failed += 1;
    print(problem);
  }
  return failed;
}

const { values } = readCommandLine(USAGE, (args) =>
  parseArgs({ args: [...args], options: { only: { type: 'string', default: '' } } }),
);
const runs = selectRuns(values.only);
const databases = await EmptyDatabases.start();
const workers = Array.from({ length: availableParallelism() * RUNS_PER_CORE }, () => plantAll(runs));
const failed = (await Promise.all(workers)).reduce((one, other) => one + other, 0);
await databases.stop();
print(failed === 0 ? 'every fault was found' : `${failed} runs did not end as expected`);
process.exitCode = failed === 0 ? 0 : 1;
