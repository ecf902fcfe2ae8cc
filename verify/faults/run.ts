import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlantedFault } from './faults.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const PLANT = new URL('plant.ts', import.meta.url).href;
/** Some seconds of clients that do everything, in few conversations. */
const PROFILE = [
  '--messages',
  '500',
  '--clients',
  '6',
  '--conversations',
  '3',
  '--patience',
  '2',
  '--no-keep',
];

/** Runs within which a fault has to be found: what the clients happen to do decides whether one of them meets it. */
const RUNS = 3;

export interface Outcome {
  readonly status: unknown;
  readonly output: string;
}

/** How `pnpm verify` ends, and what it prints, on a server of its own with these faults. */
export function verifyWith(
  faults: readonly PlantedFault[] = [],
  options: readonly string[] = [],
): Promise<Outcome> {
  const names = faults.map(({ name }) => encodeURIComponent(name)).join('&');
  const plant = faults.length > 0 ? ['--import', `${PLANT}?${names}`] : [];
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...plant, ...PROFILE, ...options], (error, output) =>
      resolve({ status: error ? error.code : 0, output }),
    );
  });
}

/**
 * Which rules `pnpm verify` does not name, on servers with faults that break them, one after another.
 * @param runVerify one run; every one has to end with status 1
 */
export async function rulesNotNamed(
  rules: readonly string[],
  runVerify: () => Promise<Outcome>,
): Promise<{ readonly missed: readonly string[]; readonly outputs: readonly string[] }> {
  let missed = rules;
  const outputs: string[] = [];
  while (missed.length > 0 && outputs.length < RUNS) {
    const { status, output } = await runVerify();
    outputs.push(output);
    if (status === 1) missed = missed.filter((rule) => !new RegExp(`^${rule}: \\d+$`, 'm').test(output));
  }
  return { missed, outputs };
}
