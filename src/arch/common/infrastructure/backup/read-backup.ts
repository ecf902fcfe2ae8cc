import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ZodError } from 'zod';
import { StartupError } from '../config/startup.error.js';
import { type BackupEntry, noContent, parseHead } from './backup-entry.js';
import { FIRST_LINE, HEAD } from './backup-frames.js';
import { FrameReader } from './frame-reader.js';

/**
 * The entries of a backup, one after the other; contents that are not read are skipped.
 * @throws StartupError when it is no backup, cannot be read, is damaged, or is incomplete
 */
export async function* readBackup(file: string): AsyncGenerator<BackupEntry> {
  await requireFirstLine(file);
  const bytes = createGunzip();
  // Iterating it throws the errors of the file and its contents.
  pipeline(createReadStream(file, { start: FIRST_LINE.length }), bytes, () => undefined);
  try {
    for await (const { head, content } of explained(file, entries(new FrameReader(bytes)))) {
      yield { head, content: explained(file, content) };
    }
  } finally {
    bytes.destroy();
  }
}

/** Reports a fault of the file in one line. */
async function* explained<T>(file: string, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (syscall !== undefined) throw unreadable(file, message);
    if (!isDamage(error, code)) throw error;
    throw new StartupError(`${file} is damaged or was cut off: use another backup.`, { cause: error });
  }
}

async function* entries(frames: FrameReader): AsyncGenerator<BackupEntry> {
  let frame = await frames.nextFrame();
  while (frame) {
    if (frame.kind !== HEAD) throw new SyntaxError('contents of nothing');
    const head = parseHead(frame.bytes.toString());
    if (head.kind === 'end') {
      if (await frames.nextFrame()) throw new SyntaxError('more after the end');
      yield { head, content: noContent() };
      return;
    }
    yield { head, content: frames.frameContents() };
    frame = await frames.afterContents();
  }
  throw new SyntaxError('no end');
}

async function requireFirstLine(file: string): Promise<void> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_LINE.length), 0, FIRST_LINE.length, 0);
    if (bytesRead === FIRST_LINE.length && buffer.equals(FIRST_LINE)) return;
  } catch (error) {
    throw unreadable(file, (error as Error).message);
  }
  throw new StartupError(`${file} is no backup of this version of Causerie (\`pnpm backup\` makes them).`);
}

function isDamage(error: unknown, code = ''): boolean {
  return error instanceof SyntaxError || error instanceof ZodError || code.startsWith('Z_');
}

function unreadable(file: string, message: string): StartupError {
  return new StartupError(`The backup ${file} cannot be read: ${message}.`);
}
