import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { FAULTS, type PlantedFault } from './faults.ts';
import { problemOf, verifyWith } from './run.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The faults that are yet to be planted; without one nothing is. */
function* chosen(text: string): Generator<PlantedFault | undefined> {
  yield undefined;
  yield* FAULTS.filter(({ name }) => name.includes(text));
}

/** Plants one after another until none is left; answers how many were not found as they have to be. */
async function work(faults: Iterator<PlantedFault | undefined>): Promise<number> {
  let failed = 0;
  for (let next = faults.next(); !next.done; next = faults.next()) {
    const { value: fault } = next;
    const begun = performance.now();
    const outcome = await verifyWith(fault ? [fault] : []);
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    const problem = problemOf(outcome, fault);
    print(
      `${problem === undefined ? 'ok' : 'FAILED'}  ${seconds} s  ${fault ? `${fault.name}: ${fault.rule}` : 'nothing planted'}`,
    );
    if (problem === undefined) continue;
    failed += 1;
    print(`${problem}; it printed\n${outcome.output}`);
  }
  return failed;
}

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { only: { type: 'string', default: '' } },
});
const faults = chosen(values.only);
const workers = Array.from({ length: availableParallelism() }, () => work(faults));
const failed = (await Promise.all(workers)).reduce((one, other) => one + other, 0);
print(failed === 0 ? 'every fault was found' : `${failed} runs ended otherwise than they have to`);
process.exitCode = failed === 0 ? 0 : 1;
