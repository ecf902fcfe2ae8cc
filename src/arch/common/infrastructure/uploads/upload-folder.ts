import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  constructor(private readonly folder: string) {}

  /**
   * @param accept reads the whole file and answers what shall be kept of it, or throws: then nothing stays
   * @returns the name
   */
  async save(content: AsyncIterable<Uint8Array>, accept: (file: Buffer) => AcceptedFile): Promise<string> {
    const id = randomUUID();
    const draft = join(this.folder, `${id}${DRAFT}`);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(draft, content, { flag: 'wx', mode: 0o600 });
      const kept = accept(await readFile(draft));
      await writeFile(draft, kept.content, { mode: 0o600, flush: true });
      const name = `${id}.${kept.ending}`;
      await rename(draft, join(this.folder, name));
      return name;
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** @param name one that `save` has answered: nothing else may come in here @returns null when it is gone */
  async open(name: string): Promise<StoredFile | null> {
    try {
      const path = join(this.folder, name);
      return { size: await sizeOf(path), content: read(path) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true });
  }

  /**
   * Removes drafts that nobody writes any more, because their process was killed.
   * @param before milliseconds since 1970: only what was written last before then
   * @returns how many, at most `limit`
   */
  async removeDrafts(before: number, limit: number): Promise<number> {
    let removed = 0;
    for await (const name of names(this.folder)) {
      if (removed >= limit) break;
      if (!name.endsWith(DRAFT)) continue;
      const { mtimeMs } = await stat(join(this.folder, name)).catch(() => ({ mtimeMs: Infinity }));
      if (mtimeMs >= before) continue;
      await this.remove(name);
      removed += 1;
    }
    return removed;
  }
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
