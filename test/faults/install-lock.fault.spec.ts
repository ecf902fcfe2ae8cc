import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import { ROOT } from './fresh-checkout.js';
import { removeFolders, temporaryFolder } from './temporary-folder.js';
import { waitUntil } from './wait-until.js';

const LOCK = pathToFileURL(join(ROOT, 'scripts/install-lock.mjs')).href;
/** Logs the begin and the end of a critical section. */
const INSTALL = `
  import { appendFileSync } from 'node:fs';
  import { setTimeout as delay } from 'node:timers/promises';
  import { withInstallLock } from '${LOCK}';
  const onWait = (pid) => process.stderr.write('waits for ' + pid + '\\n');
  await withInstallLock('.', onWait, async () => {
    appendFileSync('log', 'begin ' + process.pid + '\\n');
    await delay(20);
    appendFileSync('log', 'end ' + process.pid + '\\n');
  });`;
const RUN_PNPM = pathToFileURL(join(ROOT, 'scripts/run-pnpm.mjs')).href;
const RUN_PNPM_ALONE = `
  import { installAlone, runPnpm } from '${RUN_PNPM}';
  await installAlone('.', (addHolder) => runPnpm([], '.', addHolder));`;
/** Replaces pnpm: prints its pid, and does not end. */
const ENDLESS = '#!/bin/sh\necho $$\nexec sleep 1000\n';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(removeFolders);

function begin(script: string, cwd: string, variables: Record<string, string> = {}) {
  const env = { ...process.env, ...variables };
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd, env });
  children.push(child);
  return child;
}

/** The output of a process that has run its section. */
async function install(cwd: string): Promise<string> {
  const child = begin(INSTALL, cwd);
  const [output, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ output, status }).toMatchObject({ status: 0 });
  return output;
}

/** Number of sections; none began before another had ended, and none has left a file in the folder. */
function countOneByOne(folder: string): number {
  const lines = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
  lines.forEach((line, index) => {
    expect(line).toBe(
      index % 2 === 0 ? line.replace('end', 'begin') : lines[index - 1]?.replace('begin', 'end'),
    );
  });
  expect(readdirSync(folder)).toEqual(['log']);
  return lines.length / 2;
}

const several = (folder: string) => Promise.all(Array.from({ length: 6 }, () => install(folder)));

it('installations in one folder run one after another, and a waiting one reports the holder once', async () => {
  const folder = temporaryFolder();
  const outputs = await several(folder);
  expect(countOneByOne(folder)).toBe(6);
  const waited = outputs.filter((line) => line !== '');
  expect(waited.length).toBeGreaterThan(0);
  for (const line of waited) expect(line).toMatch(/^waits for \d+\n$/);
});

it.each([
  // The largest pid that Linux gives is smaller.
  ['whose process has ended', 2 ** 22 + 1, ''],
  ['whose pid is that of another process now', process.pid, 'began at another time'],
])('a lock %s is taken over by a waiting process', async (_, pid, began) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.installing'));
  writeFileSync(join(folder, '.installing', String(pid)), began);
  await several(folder);
  expect(countOneByOne(folder)).toBe(6);
});

it('a lock that was being taken over by a process that has ended is taken over', async () => {
  const folder = temporaryFolder();
  for (const name of ['.installing', '.installing.stale']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, String(2 ** 22 + 1)), '');
  }
  await several(folder);
  expect(countOneByOne(folder)).toBe(6);
});

it('a lock is held until the pnpm that its process has started has ended', async () => {
  const folder = temporaryFolder();
  const pnpm = join(temporaryFolder(), 'pnpm');
  writeFileSync(pnpm, ENDLESS, { mode: 0o755 });
  const owner = begin(RUN_PNPM_ALONE, folder, { npm_execpath: pnpm });
  const [data] = (await once(owner.stderr, 'data')) as [Buffer];
  const pid = Number(String(data));
  try {
    await waitUntil('the child as a holder', () => existsSync(join(folder, '.installing', String(pid))));
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const next = begin(INSTALL, folder);
    const [line] = (await once(next.stderr, 'data')) as [Buffer];
    expect(String(line)).toBe(`waits for ${pid}\n`);
    expect(existsSync(join(folder, 'log'))).toBe(false);
    process.kill(pid, 'SIGKILL');
    await once(next, 'exit');
  } finally {
    await waitUntil('the end of the child', () => {
      try {
        return !process.kill(pid, 'SIGKILL');
      } catch {
        return true;
      }
    });
  }
  expect(countOneByOne(folder)).toBe(1);
});
