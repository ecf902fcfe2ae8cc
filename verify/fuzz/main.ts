import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { wholeNumber } from '../whole-number.ts';
import { fuzz } from './fuzz.ts';
import { describe, problemsOf } from './report.ts';

const USAGE = `pnpm verify:fuzz [options]
  A server of its own is asked for everything that a client may send and no client should. Ends with status 1 when the
  process ends, anything is answered with 5xx, an error is in its log, or memory or connections stay.
  --steps n     (20000)
  --seconds n   after which no step begins any more (1200)
  --seed n      repeats the choices, as far as the network lets it
  --help, --version
`;

const options = readCommandLine(USAGE, (words) => {
  const { values } = parseArgs({
    args: [...words],
    options: {
      steps: { type: 'string', default: '20000' },
      seconds: { type: 'string', default: '1200' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 4_294_967_296)) },
    },
  });
  return {
    steps: wholeNumber('steps', values.steps, 1),
    seconds: wholeNumber('seconds', values.seconds, 1),
    seed: wholeNumber('seed', values.seed, 0),
  };
});

const report = await fuzz(options);
const problems = problemsOf(report);
process.stdout.write(
  `${describe(report)}\n${problems
    .slice(0, 20)
    .map((line) => line.slice(0, 1_000))
    .join('\n')}\n`,
);
// Steps that were given up may still wait for an answer.
process.exit(problems.length === 0 ? 0 : 1);
