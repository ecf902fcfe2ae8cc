import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';

export interface StoredFile {
  /** Bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** What is kept of a file that was taken. */
export interface AcceptedFile {
  /** How its name ends, without the dot. */
  readonly ending: string;
  readonly content: Uint8Array;
}

const DRAFT = '.part';

/** Files under names of their own making. A file is whole under its name or not there, also after a crash. */
export class UploadFolder {
  constructor(readonly path: string) {}

  /** Why nothing can be written into the folder, in one word of the system's; undefined when it can. */
  async writeFault(): Promise<string | undefined> {
    const draft = join(this.path, `${randomUUID()}${DRAFT}`);
    try {
      await mkdir(this.path, { recursive: true, mode: 0o700 });
      await writeFile(draft, 'x', { flag: 'wx', mode: 0o600, flush: true });
      await rm(draft);
      return undefined;
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      return (error as NodeJS.ErrnoException).code ?? String(error);
    }
  }

  /**
   * @param accept reads the whole file and answers what shall be kept of it, or throws: then nothing stays
   * @returns the name
   */
  async saveFile(
    content: AsyncIterable<Uint8Array>,
    accept: (file: Buffer) => AcceptedFile,
  ): Promise<string> {
    const id = randomUUID();
    const draft = join(this.path, `${id}${DRAFT}`);
    try {
      await mkdir(this.path, { recursive: true, mode: 0o700 });
      await writeFile(draft, content, { flag: 'wx', mode: 0o600 });
      const kept = accept(await readFile(draft));
      await writeFile(draft, kept.content, { mode: 0o600, flush: true });
      const name = `${id}.${kept.ending}`;
      await rename(draft, join(this.path, name));
      return name;
    } catch (error) {
      // Where nothing can be written often nothing can be removed: what was wrong first is told.
      await rm(draft, { force: true }).catch(() => undefined);
      throw passing(error);
    }
  }

  /** Those of whole files, one by one. */
  async *fileNames(): AsyncGenerator<string> {
    for await (const name of names(this.path)) if (!name.endsWith(DRAFT)) yield name;
  }

  /** Keeps the content of another folder's file under the name that it had there. */
  async restoreFile(name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const draft = join(this.path, `${randomUUID()}${DRAFT}`);
    try {
      await mkdir(this.path, { recursive: true, mode: 0o700 });
      await writeFile(draft, content, { flag: 'wx', mode: 0o600, flush: true });
      await rename(draft, join(this.path, name));
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw passing(error);
    }
  }

  /** @param name one that `save` has answered: nothing else may come in here @returns null when it is gone */
  async openFile(name: string): Promise<StoredFile | null> {
    try {
      const path = join(this.path, name);
      return { size: await sizeOf(path), content: read(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw passing(error);
    }
  }

  /** @throws UnavailableError of unknown outcome: what the file was for has been changed before it goes */
  async removeFile(name: string): Promise<void> {
    try {
      await rm(join(this.path, name), { force: true });
    } catch (error) {
      throw passing(error, 'unknown');
    }
  }

  /**
   * Removes drafts that nobody writes any more, because their process was killed.
   * @param before milliseconds since 1970: only what was written last before then
   * @returns how many, at most `limit`
   */
  async removeDrafts(before: number, limit: number): Promise<number> {
    let removed = 0;
    for await (const name of names(this.path)) {
      if (removed >= limit) break;
      if (!name.endsWith(DRAFT)) continue;
      const { mtimeMs } = await stat(join(this.path, name)).catch(() => ({ mtimeMs: Infinity }));
      if (mtimeMs >= before) continue;
      await rm(join(this.path, name), { force: true });
      removed += 1;
    }
    return removed;
  }
}

/** What the system has against a file passes: somebody makes room, mounts the folder, gives a right. Callers who hang up do not. */
function passing(error: unknown, outcome?: 'unknown'): unknown {
  const isOfFile =
    error instanceof Error && 'syscall' in error && 'code' in error && error.code !== 'ECONNRESET';
  return isOfFile ? Object.assign(new UnavailableError([], outcome), { cause: error }) : error;
}

/** Opens the file, so that a want of descriptors is known before anything is answered. */
async function sizeOf(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** The names in a folder, one by one, however many there are; none when it does not exist yet. */
async function* names(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for await (const { name } of entries) yield name;
}

/** Opens the file at the first read: content that nobody reads keeps nothing open. */
async function* read(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}
