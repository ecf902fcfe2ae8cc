import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const FOLDERS = '{src,packages,web,test,bench,verify,docs,examples,scripts,.ci,.github}';
const files = globSync(['*', '.*', `${FOLDERS}/**/*`], {
  cwd: root,
  exclude: ['.git', 'node_modules', '.data'],
});
const documents = globSync(['*.md', '{src,packages,docs,bench,verify,.github}/**/*.md'], {
  cwd: root,
  exclude: ['bench/results'],
});
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
/** Commands that pnpm itself has. */
const PNPM = new Set(['install', 'add', 'pack', 'sbom']);

/** The anchor of a heading, as GitHub generates it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const anchorsIn = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Links without a target. */
function brokenLinks(document: string): string[] {
  const targets = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => {
    if (/^(?:https?|mailto):/.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? document : resolve(root, dirname(document), path);
    if (!existsSync(resolve(root, file))) return true;
    return anchor !== undefined && !anchorsIn(file).includes(anchor);
  });
}

/** Files of the repository that a document names, by the whole path or its end, and that do not exist. */
function missingFiles(document: string): string[] {
  const names = [...read(document).matchAll(/`([\w./-]+\.(?:ts|mjs|md|json|sha256|svg))`/g)];
  return names
    .map(([, name = '']) => name.replace(/^(?:\.{1,2}\/)+/, ''))
    .filter((name) => !name.startsWith('dist/') && !files.some((file) => `/${file}`.endsWith(`/${name}`)));
}

const unknownCommands = (document: string): string[] =>
  [...read(document).matchAll(/(?:`|^|npx -y )pnpm(?:@\d+)? ([a-z][\w:-]*)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !(name in scripts) && !PNPM.has(name));

describe.each(documents)('%s', (document) => {
  it('has no link that leads nowhere', () => expect(brokenLinks(document)).toEqual([]));
  it('names no file that is not there', () => expect(missingFiles(document)).toEqual([]));
  it('names no command that is not there', () => expect(unknownCommands(document)).toEqual([]));
});
