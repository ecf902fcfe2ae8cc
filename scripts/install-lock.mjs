// Allows one installation at a time in a folder: of two that overlap, each removes what the other has just linked, and both
// report success. The lock is a folder beside node_modules that contains a file for each holder; it is stale when all
// holders have ended. This file must run on every version of Node.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
const NAME = '.installing';
const nothing = () => {};

/**
 * Calls `work` while this process holds the lock of the folder.
 * @param onWait is called once, with the pid of the holder, when the lock is held by another process
 * @param work receives a function that adds a holder: a process that may live longer than this one. The lock is held until
 * that process has ended, too
 */
export function withInstallLock(folder, onWait, work) {
  return withLock(join(folder, NAME), onWait, work);
}

async function withLock(path, onWait, work) {
  for (let isWaiting = false; !take(path);) {
    const holder = liveHolder(path);
    if (holder === undefined) {
      await removeStale(path);
      continue;
    }
    if (!isWaiting) onWait(holder);
    isWaiting = true;
    await delay(POLL_MS);
  }
  try {
    return await work((pid) => addHolder(path, pid));
  } finally {
    remove(path);
  }
}

/**
 * Removes a stale lock, under a second lock: without that, a process that has seen the stale lock could remove the lock
 * that another process has taken since.
 */
async function removeStale(path) {
  await withLock(`${path}.stale`, nothing, () => {
    if (existsSync(path) && liveHolder(path) === undefined) remove(path);
  });
}

/**
 * Takes the lock: renames a folder that already contains the holder, which fails when the lock exists with a holder.
 * @returns whether the lock was free
 */
function take(path) {
  if (existsSync(path)) return false;
  const draft = mkdtempSync(`${path}.`);
  addHolder(draft, process.pid);
  try {
    renameSync(draft, path);
    return true;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
    throw error;
  }
}

function remove(path) {
  const away = mkdtempSync(`${path}.`);
  renameSync(path, away);
  rmSync(away, { recursive: true, force: true });
}

/** Writes the file of a holder: its name is the pid, its content the start time of that process. */
function addHolder(path, pid) {
  writeFileSync(join(path, String(pid)), stateOf(pid).began);
}

function liveHolder(path) {
  try {
    return readdirSync(path).find((pid) => isAlive(Number(pid), readFileSync(join(path, pid), 'utf8')));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined; // The lock has just been released.
    throw error;
  }
}

function isAlive(pid, began) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const state = stateOf(pid);
  return state.code !== 'Z' && state.began === began;
}

/**
 * The state and the start time of a process on Linux. The start time distinguishes it from a later process with the same
 * pid, the state `Z` is that of a process that has ended and is still listed. Both are empty on other systems.
 */
function stateOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { code: fields[0], began: fields[19] };
  } catch {
    return { code: '', began: '' };
  }
}
