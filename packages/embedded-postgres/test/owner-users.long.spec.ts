import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import {
  kill,
  type OwnerReport,
  ownerProcess,
  refusing,
  serverGone,
  serverPid,
  temporaryFolder,
} from './running.ts';
import { keptByNextStart } from './kept-by-next-start.ts';
import { lookUpNobody } from '../src/owner.ts';
import { findPostgresBinaries } from '../src/postgres-binaries.ts';
import { run } from '../src/run.ts';

const isRoot = process.getuid?.() === 0;
const nobody = await lookUpNobody();
const becomeNobody = ['setpriv', `--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups'];
const showAsNobody = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
const showAsRoot = ['unshare', '--user', '--map-root-user'];
const { postgres } = await findPostgresBinaries(import.meta.url);

const namespaces = !(await run([...showAsRoot, 'true'])).failed;

/** How to be root, at least in a namespace; an ordinary user may not be allowed even that. */
const asRoot = isRoot ? [] : namespaces ? showAsRoot : undefined;

/** Whether `nobody` may use this checkout: it cannot when it lies in a home that is closed. */
const nobodyMayEnter =
  isRoot &&
  !(await run([...becomeNobody, process.execPath, '--version'])).failed &&
  !(await run([...becomeNobody, postgres, '--version'])).failed;

/** Starts as an ordinary user would: a real one where we can become one, else one in a namespace. */
function ordinaryUser(folder: string): readonly string[] {
  if (!isRoot) return [];
  if (!nobodyMayEnter) return showAsNobody;
  chownSync(folder, nobody.uid, nobody.gid);
  return becomeNobody;
}

describe('the server ends with its owner, even by SIGKILL, and the next start has the data', () => {
  const ways = {
    'as an ordinary user': (folder: string) => ({ prefix: ordinaryUser(folder) }),
    'as root': () => ({ prefix: asRoot ?? [] }),
    'where setpriv is missing': (folder: string) => ({
      path: refusing('setpriv'),
      prefix: namespaces ? [] : ordinaryUser(folder),
    }),
    'where user namespaces are refused': () => ({
      path: refusing('unshare'),
      prefix: isRoot && !nobodyMayEnter ? showAsNobody : [],
    }),
  };
  it.each(Object.entries(ways))('%s', async (_, way) => {
    const folder = temporaryFolder();
    expect(await keptByNextStart(join(folder, 'data'), way(folder))).toEqual([{ one: 1 }]);
  });
});

it('needs a way that fits the owner of the database', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  const prefix = asRoot ?? [];
  const ofRoot = await ownerProcess(dataDir, { prefix });
  const pid = await serverPid(dataDir);
  await kill(ofRoot);
  await serverGone(dataDir, pid, 2000);

  // it is, unless namespaces are really refused
  if (isRoot) chownSync(join(dataDir, 'postgres', 'PG_VERSION'), 0, 0);
  const { report } = await ownerProcess(dataDir, { prefix, path: refusing('unshare') });
  expect(outcome(report)).toMatch(asRoot ? /belongs to root, .*: run "chown -R nobody .*"$/ : 'started');
});

it('reports in one line that the user of PostgreSQL cannot enter the folder', async () => {
  const closed = join(temporaryFolder(), 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const options = { prefix: asRoot ?? [], path: refusing('unshare') };
  const { report } = await ownerProcess(join(closed, 'data'), options);
  expect(outcome(report)).toMatch(
    asRoot ? /cannot use .*: place it .*, start as an ordinary user$/ : 'started',
  );
});

it('names the program it misses where nothing can change the user', async () => {
  const options = { prefix: asRoot ?? [], path: refusing('unshare', 'setpriv') };
  const { report } = await ownerProcess(join(temporaryFolder(), 'data'), options);
  expect(outcome(report)).toMatch(asRoot ? /install setpriv .*, start as an ordinary user$/ : 'started');
});

function outcome(report: OwnerReport): string {
  return 'failed' in report ? report.failed : 'started';
}
