import { globSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WORKLOADS } from '../../bench/workloads/all.js';
import { SOCKET_EVENTS } from '../../src/arch/socket-events.js';
import { CLIENT_FAULTS } from '../../verify/faults/client-faults.ts';
import { FAULTS } from '../../verify/faults/faults.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);
const readme = read('README.md');

it('every event that a source emits by its name has a schema', () => {
  const sources = globSync('src/arch/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.spec.ts'));
  const names = sources.flatMap((file) =>
    matches(read(file), /\b(?:socket\.emit\(|disconnectRoom\(.+, )\s*'(\w+)'/g),
  );
  expect(new Set(names)).toEqual(new Set(['ready', 'token_expiring', 'session_revoked', 'error']));
  expect(names.filter((name) => !(name in SOCKET_EVENTS.server))).toEqual([]);
});

describe('README.md', () => {
  it('names every event of clients and of the server', () => {
    const events = [...Object.keys(SOCKET_EVENTS.client), ...Object.keys(SOCKET_EVENTS.server)];
    expect(events.length).toBeGreaterThan(15);
    expect(events.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every path of the API, and none that it does not have', () => {
    const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: object };
    const served = new Set(Object.keys(paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1')));
    const table = matches(readme, /^\| (.*`.*\/.*`.*) \|.*\|$/gm).filter(
      (cells) => !cells.includes('(docs/'),
    );
    const named = table.flatMap((cells) => matches(cells, /`(?:[A-Z]+ )?(\/[^`?]*)/g));
    expect(named.length).toBeGreaterThan(15);
    expect(new Set(named)).toEqual(served);
  });
});

describe('ARCHITECTURE.md', () => {
  it.each(['test', 'src/arch/modules', 'src/arch/common/infrastructure'])(
    'names the folders of %s',
    (folder) => {
      const folders = readdirSync(resolve(root, folder), { withFileTypes: true }).filter((entry) =>
        entry.isDirectory(),
      );
      const [, tree = ''] = /```\n([^]*?)```/.exec(read('ARCHITECTURE.md')) ?? [];
      // `contract suites` and `rate-limit` are written there in another form.
      expect(folders.map(({ name }) => name).filter((name) => !tree.includes(name))).toEqual([]);
    },
  );
});

it('bench/README.md describes every workload', () => {
  const described = matches(read('bench/README.md'), /^\| `([a-z][a-z-]+)` /gm);
  expect(described.toSorted()).toEqual(WORKLOADS.map(({ name }) => name).toSorted());
});

describe('verify/README.md', () => {
  const text = read('verify/README.md');

  it('describes every violation', () => {
    const kinds = matches(read('verify/check/violation.ts'), /^ {2}\| '([a-z-]+)'/gm);
    const rows = matches(text, /^\| ((?:`[a-z-]+`(?:, )?)+) +\|/gm);
    const described = rows.flatMap((row) => matches(row, /`([a-z-]+)`/g));
    expect(described.toSorted()).toEqual(kinds.toSorted());
  });

  it('lists every fault that is planted, and how it is found', () => {
    const [, section = ''] = text.split('## pnpm verify:faults');
    const rows = [...section.matchAll(/^\| (.+?) +\| `([a-z-]+)` +\|$/gm)].map(
      ([, name, rule]) => `${name}: ${rule}`,
    );
    expect(rows).toEqual([...FAULTS, ...CLIENT_FAULTS].map(({ name, rule }) => `${name}: ${rule}`));
  });
});

/** The rows of a table of goals: the last cell has the verdict. */
function goalsIn(file: string): string[][] {
  const rows = read(file).matchAll(/^\|(.+)\| (?:\*\*)?((?:not )?reached)(?:\*\*)? +\|$/gm);
  return [...rows].map(([, cells = '', verdict = '']) => [
    ...cells.split('|').map((cell) => cell.trim()),
    verdict,
  ]);
}

it('docs/performance.md has the goals of the last full run', () => {
  const run = goalsIn('bench/results/latest.md').map(
    ([workload, figure, median, interval, goal, verdict]) => [
      workload,
      figure,
      goal,
      `${median} [${interval}]`,
      verdict,
    ],
  );
  expect(run.length).toBeGreaterThan(10);
  expect(goalsIn('docs/performance.md')).toEqual(run);
});
