import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { CLIENT_FAULTS } from './client-faults.ts';
import { FAULTS } from './faults.ts';
import type { PlantedFault } from './planted-fault.ts';
import { findMissedRules, verifyWith } from './run.ts';

const USAGE = `pnpm verify:faults [options]
  Plants one fault after another in a server, and checks that pnpm verify finds each. Ends with status 1 when it misses one.
  --only text   plants only the faults whose name contains this text
  --help, --version
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Yields undefined, for a run without a fault, and then the faults whose name contains the text. */
function* selectFaults(text: string): Generator<PlantedFault | undefined> {
  yield undefined;
  yield* [...FAULTS, ...CLIENT_FAULTS].filter(({ name }) => name.includes(text));
}

/** Runs `pnpm verify`. @returns undefined when it ended as expected, else the reason and the output */
async function findProblem(fault: PlantedFault | undefined): Promise<string | undefined> {
  if (fault) {
    const { missed, outputs } = await findMissedRules([fault.rule], () =>
      verifyWith([fault], CLIENT_FAULTS.includes(fault) ? ['--client'] : []),
    );
    return missed.length === 0 ? undefined : `not found by ${fault.rule}\n${outputs.join('\n')}`;
  }
  const { status, output } = await verifyWith();
  return status === 0 ? undefined : `a violation was found without a fault\n${output}`;
}

/** Plants one fault after another. @returns the number of runs that did not end as expected */
async function plantAll(faults: Iterator<PlantedFault | undefined>): Promise<number> {
  let failed = 0;
  for (let next = faults.next(); !next.done; next = faults.next()) {
    const { value: fault } = next;
    const begun = performance.now();
    const problem = await findProblem(fault);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    print(
      `${problem === undefined ? 'ok' : 'FAILED'}  ${seconds} s  ${fault ? `${fault.name}: ${fault.rule}` : 'no fault'}`,
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
const faults = selectFaults(values.only);
const workers = Array.from({ length: availableParallelism() }, () => plantAll(faults));
const failed = (await Promise.all(workers)).reduce((one, other) => one + other, 0);
print(failed === 0 ? 'every fault was found' : `${failed} runs did not end as expected`);
process.exitCode = failed === 0 ? 0 : 1;
