import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const SPECS = globSync('{src,packages,test,bench}/**/*.spec.ts', { cwd: root });
/** An import that exists at run time; imports of types do not. */
const IMPORT =
  /^(?:import|export)(?! type\b)[^'"]*?['"](\.[^'"]+|node:child_process)['"]|import\(\s*['"](\.[^'"]+)['"]/gm;

const TIERS = ['unit', 'db', 'e2e', 'fault', 'browser', 'long'] as const;
type Tier = (typeof TIERS)[number];

/** The lowest tier in which a spec may import these files. */
const NEEDS: ReadonlyArray<readonly [Tier, RegExp]> = [
  ['db', /^test\/support\/(?:test-database|start-redis)\.ts$/],
  ['e2e', /^test\/support\/test-server\.ts$/],
  ['fault', /^test\/support\/(?:database-proxy|black-hole|documented-proxy|failover-postgres)\.ts$/],
  ['fault', /^test\/faults\/(?:server-process|test-postgres)\.ts$/],
  ['browser', /^test\/support\/chromium\.ts$/],
  ['fault', /\/(?:embedded|src)\/start-embedded-postgres\.ts$/],
];

const REDIS = /^test\/support\/(?:own-redis|debian-program)\.ts$/;

function tierOf(spec: string): Tier {
  const [, suffix = 'unit'] = /\.(db|e2e|fault|browser|long)\.spec\.ts$/.exec(spec) ?? [];
  return suffix as Tier;
}

const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** The relative imports of a file, and the modules of Node that start processes. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(IMPORT)].map(([, path = '', dynamic]) => {
    const name = dynamic ?? path;
    return name.startsWith('.') ? join(dirname(file), name).replace(/\.js$/, '.ts') : name;
  });
}

/** A spec and all test files that it loads; of the sources only those that it imports directly. */
function loadedBy(spec: string): Set<string> {
  const loaded = new Set([spec]);
  for (const file of loaded) {
    if (/^(?:src|packages\/[^/]+\/src)\//.test(file) && !file.endsWith('.spec.ts')) continue;
    if (!file.endsWith('.ts') || !existsSync(resolve(root, file))) continue;
    for (const imported of importsOf(file)) loaded.add(imported);
  }
  return loaded;
}

function misplaced(spec: string): string[] {
  const own = TIERS.indexOf(tierOf(spec));
  const loaded = [...loadedBy(spec)];
  return NEEDS.flatMap(([tier, files]) =>
    TIERS.indexOf(tier) > own && loaded.some((file) => files.test(file)) ? [`${spec} needs .${tier}`] : [],
  );
}

it('a spec has the suffix of what it needs', () => {
  expect(SPECS.length).toBeGreaterThan(400);
  expect(SPECS.flatMap(misplaced)).toEqual([]);
});

it('a spec that starts processes, except Redis, is a fault spec or tests the application with its clients', () => {
  const low = SPECS.filter((spec) => ['unit', 'db'].includes(tierOf(spec)));
  const starting = low.filter((spec) =>
    [...loadedBy(spec)]
      .filter((file) => /^(?:src|packages|test|bench)\/.*\.spec\.ts$|^test\//.test(file))
      .some((file) => !REDIS.test(file) && importsOf(file).includes('node:child_process')),
  );
  expect(starting).toEqual([]);
});

it('derives the needs of a spec from the files that its helpers load', () => {
  expect(misplaced('src/arch/common/infrastructure/database/lost-commit.fault.spec.ts')).toEqual([]);
  const loaded = loadedBy('src/arch/common/infrastructure/database/lost-commit.fault.spec.ts');
  expect(loaded).toContain('test/support/database-proxy.ts');
  expect(loadedBy('test/e2e/auth/cycle.e2e.spec.ts')).toContain('test/support/test-database.ts');
});
