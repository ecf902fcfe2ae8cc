import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/** The encodings of the copies that the build writes, the smallest first. */
const COPIES = { br: '.br', gzip: '.gz' } as const;
export type Encoding = keyof typeof COPIES;
export const ENCODINGS = Object.keys(COPIES) as readonly Encoding[];

/** A file of the web client. */
export interface WebFile {
  readonly type: string;
  /** Of the content, for `If-None-Match`; weak, as it is the same for each encoding. */
  readonly etag: string;
  readonly content: Buffer;
  /** Compressed. */
  readonly copies: ReadonlyMap<Encoding, Buffer>;
}

/**
 * The files of the web client by their paths, such as `/assets/main-abc.js`; empty where none was built. They are kept in
 * memory: a build that runs meanwhile changes nothing for this process, whose page would otherwise name other assets.
 */
export function readWebFiles(folder: string): ReadonlyMap<string, WebFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const served = names.filter((name) => extname(name) in TYPES);
  return new Map(served.map((name) => [`/${name.replaceAll('\\', '/')}`, readWebFile(join(folder, name))]));
}

function readWebFile(file: string): WebFile {
  const content = readFileSync(file);
  const copies = ENCODINGS.flatMap((encoding): [Encoding, Buffer][] => {
    const copy = file + COPIES[encoding];
    return existsSync(copy) ? [[encoding, readFileSync(copy)]] : [];
  });
  const etag = `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return { type: TYPES[extname(file)] ?? '', etag, content, copies: new Map(copies) };
}
