import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE } from '../own-server.ts';
import { CLIENT_FAULTS } from './client-faults.ts';
import type { PlantedFault } from './planted-fault.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const PLANT = new URL('plant.ts', import.meta.url).href;
/** Options for a run of some seconds, in which few clients meet in few conversations. */
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

/** Maximum runs until a fault must be found: whether a run finds it depends on the random choices of the clients. */
const MAX_RUNS = 10;

export interface Outcome {
  readonly status: unknown;
  readonly output: string;
}

/** Runs `pnpm verify` with a server, or a client library, that has these faults. @returns its exit status and output */
export function verifyWith(
  faults: readonly PlantedFault[] = [],
  options: readonly string[] = [],
): Promise<Outcome> {
  const client = plantOf(faults.filter((fault) => CLIENT_FAULTS.includes(fault)));
  const server = plantOf(faults.filter((fault) => !CLIENT_FAULTS.includes(fault)));
  const args = [...client, MAIN, ...server, ...PROFILE, ...options];
  const env = { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, output) =>
      resolve({ status: error ? error.code : 0, output }),
    );
  });
}

function plantOf(faults: readonly PlantedFault[]): readonly string[] {
  const names = faults.map(({ name }) => encodeURIComponent(name)).join('&');
  return faults.length > 0 ? ['--import', `${PLANT}?${names}`] : [];
}

/**
 * Runs `pnpm verify` until it has reported each violation, at most ten times.
 * @param runVerify runs it with faults; a run counts only if it ends with status 1; it gets the number of earlier runs
 * @returns the violations that no run has reported, and the outputs
 */
export async function findMissedRules(
  rules: readonly string[],
  runVerify: (earlier: number) => Promise<Outcome>,
): Promise<{ readonly missed: readonly string[]; readonly outputs: readonly string[] }> {
  let missed = rules;
  const outputs: string[] = [];
  while (missed.length > 0 && outputs.length < MAX_RUNS) {
    const { status, output } = await runVerify(outputs.length);
    outputs.push(output);
    if (status === 1) missed = missed.filter((rule) => !new RegExp(`^${rule}: \\d+$`, 'm').test(output));
  }
  return { missed, outputs };
}
