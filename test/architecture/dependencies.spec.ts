import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The manifests of the server, of the packages for development machines, and of the tools that check it (ADR 39). */
const manifests = ['.', 'packages/embedded-postgres', 'runtime', 'runtime/node', 'runtime/postgres', 'tools'];
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

it.each(manifests)('%s/package.json names one version each, not a range', (folder) => {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Sections;
  const versions = KINDS.flatMap((kind) => Object.values(manifest[kind] ?? {}));
  expect(versions.length).toBeGreaterThan(0);
  const exact = /^((npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?|file:[a-z/]+|workspace:\*)$/;
  expect(versions.filter((version) => !exact.test(version))).toEqual([]);
});

it('new versions wait three days before they are installed', () => {
  expect(readFileSync('pnpm-workspace.yaml', 'utf8')).toMatch(/^minimumReleaseAge: 4320$/m);
});
