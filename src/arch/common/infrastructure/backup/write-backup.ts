import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { StartupError } from '../config/startup.error.js';
import type { BackupEntry } from './backup-entry.js';
import { DATA, FIRST_LINE, FRAME_HEADER, HEAD, MAX_FRAME } from './backup-frames.js';

/** Half of the time of the usual 6, for a tenth more bytes. */
const LEVEL = 3;

/**
 * Writes a file that only its owner reads. It is whole under its name or not there, and nothing is held in memory but
 * the piece under way.
 * @returns bytes
 * @throws StartupError when it is there already, or cannot be written
 */
export async function writeBackup(file: string, entries: AsyncIterable<BackupEntry>): Promise<number> {
  if (existsSync(file)) throw new StartupError(`${file} is there already: choose another name.`);
  const draft = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    const target = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(encode(entries), createGzip({ level: LEVEL }), afterFirstLine, target);
    await rename(draft, file);
    return (await stat(file)).size;
  } catch (error) {
    await rm(draft, { force: true });
    // A picture that cannot be read is told as the server would.
    const cause = error instanceof UnavailableError && error.cause ? error.cause : error;
    const { syscall, message } = cause as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new StartupError(`The backup could not be written: ${message}.`, { cause: error });
  }
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
