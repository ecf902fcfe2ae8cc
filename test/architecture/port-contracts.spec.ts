import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What replaces the contract suite of a port. */
const WITHOUT_SUITE: Readonly<Record<string, string>> = {
  'bus.port': 'its fake speaks for other nodes, which only test/contract/bus.fault.spec.ts has',
  'chat-export.port': 'has no fake; it has the suite of personal data, as a part of ChatDataPort',
  'database-epoch.port': 'its fake begins epochs by hand; those of the database are in database/epoch',
  'janitor.port': 'has no fake',
  'password-check.port': 'the application itself implements it, on ports that have suites',
  'security-log.port': 'nobody is answered by it; what it writes is in security-log.adapter.spec.ts',
  'successor-uses.port': 'nobody is answered by it; what it stores is in successor-uses.adapter.spec.ts',
};

/** This suite uses the bus of a running server. */
const USES_THE_BUS = 'test/contract/room-emitter.e2e.spec.ts';

it('every port has a contract suite, or a reason to have none', () => {
  const suites = globSync('test/contract/*.ts', { cwd: root, exclude: [USES_THE_BUS] })
    .map((file) => readFileSync(resolve(root, file), 'utf8'))
    .join('\n');
  const ports = globSync('src/**/application/ports/*.port.ts', { cwd: root }).map((file) =>
    basename(file, '.ts'),
  );
  expect(ports.length).toBeGreaterThan(20);
  const missing = ports.filter((port) => !suites.includes(`/ports/${port}.js`));
  expect(missing.toSorted()).toEqual(Object.keys(WITHOUT_SUITE));
});
