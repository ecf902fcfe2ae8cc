import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformWithOxc } from 'vite';
import type { Merging } from './merging.ts';

const SOURCES = join(import.meta.dirname, '../../src/merge');

/** A text of one file that occurs once, and what takes its place. */
export interface Fault {
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

/** The module with these texts replaced. */
export async function mergingWith(faults: readonly Fault[]): Promise<Merging> {
  const folder = mkdtempSync(join(tmpdir(), 'causerie-merge-'));
  try {
    for (const file of readdirSync(SOURCES)) {
      let source = readFileSync(join(SOURCES, file), 'utf8');
      for (const fault of faults.filter((one) => one.file === file)) {
        const parts = source.split(fault.text);
        if (parts.length !== 2) throw new Error(`${file} does not have this text once: ${fault.text}`);
        source = parts.join(fault.by);
      }
      const { code } = await transformWithOxc(source, file);
      writeFileSync(
        join(folder, file.replace('.ts', '.mjs')),
        code.replaceAll(/(from ".*)\.ts"/g, '$1.mjs"'),
      );
    }
    const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(join(folder, `${name}.mjs`)).href);
    const [merge, state, catchUp] = await Promise.all(['merge', 'merge-state', 'catch-up'].map(load));
    return { ...merge, ...state, ...catchUp } as Merging;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
