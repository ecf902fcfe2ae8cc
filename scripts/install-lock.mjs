// One installation at a time in a folder: two that overlap remove what the other has just linked, and both say to have
// succeeded. The lock is a folder beside node_modules that names its holders; where they have all ended it is stale. Runs on
// whatever Node there is.
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
 * Does `work` while no other process that asks here works in this folder.
 * @param onWait told once, before it waits: the pid of who installs
 * @param work is given a function to name a process that may survive this one, and holds the lock as long as it lives
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

/** Only with a lock of its own: whoever had seen the stale one before would remove the next one, which is not. */
async function removeStale(path) {
  await withLock(`${path}.stale`, nothing, () => {
    if (existsSync(path) && liveHolder(path) === undefined) remove(path);
  });
}

/** The folder appears with its holder in it, and a rename onto one that has something in it fails. */
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

/** The file's name is the pid, its content when that process has begun. */
function addHolder(path, pid) {
  writeFileSync(join(path, String(pid)), stateOf(pid).began);
}

function liveHolder(path) {
  try {
    return readdirSync(path).find((pid) => isAlive(Number(pid), readFileSync(join(path, pid), 'utf8')));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined; // just released
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

/** What Linux says of a process, to know one that has been given the same pid from it, and one that has ended but is listed. */
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
