import { parseArgs } from 'node:util';
import { readCommandLine } from '../../src/arch/command-line.ts';
import { wholeNumber } from '../whole-number.ts';
import { fuzz } from './fuzz.ts';
import { describeReport, problemsOf } from './report.ts';

const USAGE = `pnpm verify:fuzz [options]
  Starts a server and sends everything to it that a client can send and should not. Ends with status 1 when the process
  ends, a request is answered with 5xx, the log has an error, memory grows, or connections stay open.
  --steps n     number of steps (20000)
  --seconds n   seconds after which no step is started any more (1200)
  --seed n      seed of the random choices; the timing of the network is not repeated
  --help, --version
`;

const options = readCommandLine(USAGE, (args) => {
  const { values } = parseArgs({
    args: [...args],
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
  `${describeReport(report)}\n${problems
    .slice(0, 20)
    .map((line) => line.slice(0, 1_000))
    .join('\n')}\n`,
);
// Steps that timed out may still wait for an answer.
process.exit(problems.length === 0 ? 0 : 1);
