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

/** The part of an accepted file that is stored. */
export interface AcceptedFile {
  /** The extension of its name, without the dot. */
  readonly ending: string;
  readonly content: Uint8Array;
}

const DRAFT = '.part';

/** Stores files under generated names. A file is complete or does not exist, also after a crash. */
export class UploadFolder {
  constructor(readonly path: string) {}

  /** The system's code of the error that prevents writing into the folder; undefined when it is writable. */
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
   * @param accept reads the whole file and returns what to store, or throws: then nothing is stored
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
      // When writing fails, removing often fails as well: the first error is reported.
      await rm(draft, { force: true }).catch(() => undefined);
      throw passing(error);
    }
  }

  /** The names of complete files, one by one. */
  async *fileNames(): AsyncGenerator<string> {
    for await (const name of names(this.path)) if (!name.endsWith(DRAFT)) yield name;
  }

  /** Stores the content of another folder's file under its name there. */
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

  /**
   * @param name a name that `saveFile` has returned: any other must not get here
   * @returns null when the file does not exist any more
   */
  async openFile(name: string): Promise<StoredFile | null> {
    try {
      const path = join(this.path, name);
      return { size: await sizeOf(path), content: read(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw passing(error);
    }
  }

  /** @throws UnavailableError of unknown outcome: the owner of the file has been changed before */
  async removeFile(name: string): Promise<void> {
    try {
      await rm(join(this.path, name), { force: true });
    } catch (error) {
      throw passing(error, 'unknown');
    }
  }

  /**
   * Removes drafts whose process has been killed.
   * @param before milliseconds since 1970: only drafts that were last written before then
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

/**
 * Errors of the system are temporary: the disk gets space, the folder is mounted, permission is given. A caller's
 * disconnect is not.
 */
function passing(error: unknown, outcome?: 'unknown'): unknown {
  const isOfFile =
    error instanceof Error && 'syscall' in error && 'code' in error && error.code !== 'ECONNRESET';
  return isOfFile ? Object.assign(new UnavailableError([], outcome), { cause: error }) : error;
}

/** Opens the file, so that a lack of descriptors is reported before the answer begins. */
async function sizeOf(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** The names in a folder, one by one, however many there are; none when it does not exist. */
async function* names(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for await (const { name } of entries) yield name;
}

/** Opens the file at the first read: content that is never read opens no file. */
async function* read(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}
