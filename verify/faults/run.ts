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

export interface Outcome {
  readonly status: unknown;
  readonly output: string;
}

/** How `pnpm verify` ends, and what it prints, on a server of its own with these faults. */
export function verifyWith(
  faults: readonly PlantedFault[],
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

/** Why the outcome is not what it has to be. */
export function problemOf({ status, output }: Outcome, fault?: PlantedFault): string | undefined {
  if (!fault) return status === 0 ? undefined : 'something was found where nothing was planted';
  const isNamed = new RegExp(`^${fault.rule}: \\d+$`, 'm').test(output);
  return isNamed && status === 1 ? undefined : `not found by ${fault.rule}`;
}
