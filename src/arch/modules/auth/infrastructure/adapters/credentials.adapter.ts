import { Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { credentials } from '../../../../common/infrastructure/database/schema.js';
import type { CredentialsPort } from '../../application/ports/credentials.port.js';

const selectHash = (db: Session) =>
  db
    .select({ passwordHash: credentials.passwordHash })
    .from(credentials)
    .where(eq(credentials.userId, sql.placeholder('userId')))
    .prepare('password_hash_of_user');

@Injectable()
export class CredentialsAdapter implements CredentialsPort {
  private readonly hashOf;

  constructor(private readonly database: Database) {
    this.hashOf = database.prepare(selectHash);
  }

  async createCredentials(userId: string, passwordHash: string): Promise<void> {
    await this.database.query((db) => db.insert(credentials).values({ userId, passwordHash }));
  }

  async findPasswordHash(userId: string): Promise<string | null> {
    const [found] = await this.hashOf({ userId });
    return found?.passwordHash ?? null;
  }

  async holdPassword(userId: string, passwordHash: string): Promise<boolean> {
    const held = await this.database.query((db) =>
      db
        .select({ userId: credentials.userId })
        .from(credentials)
        .where(and(eq(credentials.userId, userId), eq(credentials.passwordHash, passwordHash)))
        .for('share'),
    );
    return held.length > 0;
  }

  async changePassword(userId: string, passwordHash: string): Promise<void> {
    await this.database.query((db) =>
      db
        .update(credentials)
        .set({ passwordHash, changedAt: sql`now()` })
        .where(eq(credentials.userId, userId)),
    );
  }

  async eraseCredentials(userId: string): Promise<void> {
    await this.database.query((db) => db.delete(credentials).where(eq(credentials.userId, userId)));
  }
}
