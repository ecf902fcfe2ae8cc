import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildWeb, inputsOfWeb } from '../../web/build.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the web client is built; the tiers without a browser have none. */
    webFolder: string | undefined;
  }
}

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/web');

/** Builds the web client once for each state of its sources, as the start command does. */
export default async function webSetup(project: TestProject): Promise<void> {
  const hash = createHash('sha256').update(await readFile(join(ROOT, 'pnpm-lock.yaml')));
  for (const file of inputsOfWeb().toSorted()) hash.update(file).update(await readFile(join(ROOT, file)));
  const folder = join(CACHE, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await buildInto(folder);
  project.provide('webFolder', folder);
}

/** The folder appears complete, also when two runs build it; those of earlier sources go. */
async function buildInto(folder: string): Promise<void> {
  await rm(CACHE, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  await buildWeb(draft);
  await rename(draft, folder);
}
