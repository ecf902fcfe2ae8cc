import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { syncFolder } from 'causerie-embedded-postgres';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { StartupError } from '../config/startup.error.js';
import type { BackupEntry } from './backup-entry.js';
import { DATA, FIRST_LINE, FRAME_HEADER, HEAD, MAX_FRAME } from './backup-frames.js';

/** Half of the time of the default 6, for a tenth more bytes. */
const LEVEL = 3;
/** Error codes of connections, which no file has. */
const OF_CONNECTION = /^(?:ECONN|EPIPE|ETIMEDOUT)/;

/**
 * Writes a file that only its owner can read. It is complete under its name or does not exist, and only the current
 * chunk is held in memory.
 * @returns bytes
 * @throws StartupError when the file exists, or cannot be written
 */
export async function writeBackup(file: string, entries: AsyncIterable<BackupEntry>): Promise<number> {
  if (existsSync(file)) throw isThere(file);
  const draft = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    const target = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(encode(entries), createGzip({ level: LEVEL }), afterFirstLine, target);
    await putInPlace(draft, file);
    await syncFolder(dirname(file));
    return (await stat(file)).size;
  } catch (error) {
    // When writing fails, removing often fails as well: the first error is reported.
    await rm(draft, { force: true }).catch(() => undefined);
    // An unreadable avatar is reported as the server would report it.
    const cause = error instanceof UnavailableError && error.cause ? error.cause : error;
    const { code, syscall, message } = cause as NodeJS.ErrnoException;
    if (syscall === undefined || OF_CONNECTION.test(code ?? '')) throw error;
    throw new StartupError(`The backup could not be written: ${message}.`, { cause: error });
  }
}

/** A file that another process has created meanwhile stays, except where the file system has no links. */
async function putInPlace(draft: string, file: string): Promise<void> {
  const linked = await link(draft, file).then(
    () => true,
    () => false,
  );
  if (linked) return rm(draft);
  if (existsSync(file)) throw isThere(file);
  await rename(draft, file);
}

function isThere(file: string): StartupError {
  return new StartupError(`${file} is there already: choose another name.`);
}

async function* afterFirstLine(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield FIRST_LINE;
  yield* compressed;
}

async function* encode(entries: AsyncIterable<BackupEntry>): AsyncGenerator<Uint8Array> {
  for await (const { head, content } of entries) {
    yield* frames(HEAD, Buffer.from(JSON.stringify(head)));
    for await (const chunk of content) yield* frames(DATA, chunk);
  }
}

function* frames(kind: number, bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += MAX_FRAME) {
    const piece = bytes.subarray(at, at + MAX_FRAME);
    const header = Buffer.alloc(FRAME_HEADER);
    header.writeUInt8(kind, 0);
    header.writeUInt32BE(piece.length, 1);
    yield header;
    yield piece;
  }
}
