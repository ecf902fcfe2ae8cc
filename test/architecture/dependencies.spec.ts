import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
const sections = ['dependencies', 'devDependencies', 'optionalDependencies'];

it.each(sections)('%s name one version each, not a range', (section) => {
  const versions = Object.values(manifest[section] ?? {});
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.filter((version) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('new versions wait three days before they are taken', () => {
  expect(readFileSync('pnpm-workspace.yaml', 'utf8')).toMatch(/^minimumReleaseAge: 4320$/m);
});
