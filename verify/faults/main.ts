import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { FAULTS, type PlantedFault } from './faults.ts';
import { rulesNotNamed, verifyWith } from './run.ts';

const USAGE = `pnpm verify:faults [options]
  Plants one fault after another in a server and expects pnpm verify to find each. Ends with status 1 when one is missed.
  --only text   of the faults, those with this in their name
  --help, --version
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The faults that are yet to be planted; without one nothing is. */
function* chosen(text: string): Generator<PlantedFault | undefined> {
  yield undefined;
  yield* FAULTS.filter(({ name }) => name.includes(text));
}

/** Why `pnpm verify` does not end as it has to, and what it printed. */
async function problemWith(fault: PlantedFault | undefined): Promise<string | undefined> {
  if (fault) {
    const { missed, outputs } = await rulesNotNamed([fault.rule], () => verifyWith([fault]));
    return missed.length === 0 ? undefined : `not found by ${fault.rule}\n${outputs.join('\n')}`;
  }
  const { status, output } = await verifyWith();
  return status === 0 ? undefined : `something was found where nothing was planted\n${output}`;
}

/** Plants one after another until none is left; answers how many were not found as they have to be. */
async function work(faults: Iterator<PlantedFault | undefined>): Promise<number> {
  let failed = 0;
  for (let next = faults.next(); !next.done; next = faults.next()) {
    const { value: fault } = next;
    const begun = performance.now();
    const problem = await problemWith(fault);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    print(
      `${problem === undefined ? 'ok' : 'FAILED'}  ${seconds} s  ${fault ? `${fault.name}: ${fault.rule}` : 'nothing planted'}`,
    );
    if (problem === undefined) continue;
    failed += 1;
    print(problem);
  }
  return failed;
}

const { values } = readCommandLine(USAGE, (words) =>
  parseArgs({ args: [...words], options: { only: { type: 'string', default: '' } } }),
);
const faults = chosen(values.only);
const workers = Array.from({ length: availableParallelism() }, () => work(faults));
const failed = (await Promise.all(workers)).reduce((one, other) => one + other, 0);
print(failed === 0 ? 'every fault was found' : `${failed} runs ended otherwise than they have to`);
process.exitCode = failed === 0 ? 0 : 1;
