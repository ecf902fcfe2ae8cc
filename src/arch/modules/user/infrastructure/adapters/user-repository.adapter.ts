import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { foldEmail } from '../../../../common/domain/email-address.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { isViolationOf } from '../../../../common/infrastructure/database/database-error.js';
import { nameColumns } from '../../../../common/infrastructure/database/name-columns.js';
import { users } from '../../../../common/infrastructure/database/users.table.js';
import type { NewUser, UserRepositoryPort } from '../../application/ports/user-repository.port.js';
import { EmailAlreadyUsedError } from '../../domain/errors/email-already-used.error.js';
import type { User } from '../../domain/models/user.model.js';
import { userColumns } from '../statements/user.columns.js';

/** The value of older nodes' column for an account without a password; the module auth stores credentials. */
const NO_PASSWORD = '!';

const selectByEmail = (db: Session) =>
  db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.email, sql.placeholder('email')), isNull(users.deletedAt)))
    .prepare('user_by_email');

@Injectable()
export class UserRepositoryAdapter implements UserRepositoryPort {
  private readonly byEmail;

  constructor(private readonly database: Database) {
    this.byEmail = database.prepare(selectByEmail);
  }

  async create(user: NewUser): Promise<User> {
    try {
      const [created] = await this.database.query((db) =>
        db
          .insert(users)
          .values({
            id: randomUUIDv7(),
            ...user,
            ...nameColumns(user.displayName),
            email: foldEmail(user.email),
            passwordHash: NO_PASSWORD,
          })
          .returning(userColumns),
      );
      return created as User;
    } catch (error) {
      throw isViolationOf('users_email_key', error) ? new EmailAlreadyUsedError() : error;
    }
  }

  async findByEmail(email: string): Promise<User | null> {
    const [found] = await this.byEmail({ email: foldEmail(email) });
    return found ?? null;
  }

  async findById(id: string): Promise<User | null> {
    const [found] = await this.database.query((db) =>
      db
        .select(userColumns)
        .from(users)
        .where(and(eq(users.id, id), isNull(users.deletedAt))),
    );
    return found ?? null;
  }

  async findUnknown(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const found = await this.database.query((db) =>
      db
        .select({ id: users.id })
        .from(users)
        .where(and(inArray(users.id, [...ids]), isNull(users.deletedAt))),
    );
    const known = new Set(found.map(({ id }) => id));
    return ids.filter((id) => !known.has(id));
  }
}
