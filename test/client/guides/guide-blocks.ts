import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');
const BLOCK = /^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm;

interface Block {
  readonly language: string;
  /** The name of its file, which is behind the language; of the others their number. */
  readonly name: string;
  readonly code: string;
}

/** The blocks of code of a page. */
export function blocksOf(page: string): Block[] {
  const found = [...readFileSync(resolve(ROOT, page), 'utf8').matchAll(BLOCK)];
  return found.map(([, language = '', name, code = ''], index) => ({
    language,
    name: name ?? `block-${index}.${language}`,
    code,
  }));
}

/**
 * Writes the programs of a page into a folder, which `remove` removes, and in which the packages can be imported.
 * @param change what is different in the test
 */
export function writeBlocks(
  page: string,
  change: (code: string) => string = (code) => code,
): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'causerie-guide-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { language, name, code } of blocksOf(page)) {
    if (language === 'bash') continue;
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), change(code));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
