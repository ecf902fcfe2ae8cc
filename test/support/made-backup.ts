import type { BackupEntry } from '../../src/arch/common/infrastructure/backup/backup-entry.js';
import { knownMigrations } from '../../src/arch/common/infrastructure/database/migrate.js';

type Piece = readonly [head: BackupEntry['head'], ...content: readonly Uint8Array[]];

async function* one(content: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* content;
}

/** The migrations of this version, when none are given. */
export const beginning = (migrations = knownMigrations().map(({ when }) => when)): Piece => [
  { kind: 'backup', createdAt: '2026-01-01T00:00:00.000Z', migrations },
];

/** The contents from which a backup is written without a database. */
export async function* entriesOf(...pieces: readonly Piece[]): AsyncGenerator<BackupEntry> {
  for (const [head, ...content] of pieces) yield { head, content: one(content) };
}
