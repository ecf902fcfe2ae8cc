import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { getTableColumns, inArray, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { isViolationOf } from '../../../../common/infrastructure/database/database-error.js';
import { users } from '../../../../common/infrastructure/database/schema.js';
import type {
  Credentials,
  NewUser,
  UserRepositoryPort,
} from '../../application/ports/user-repository.port.js';
import { EmailAlreadyUsedError } from '../../domain/errors/email-already-used.error.js';
import type { User } from '../../domain/models/user.model.js';

const { passwordHash, ...publicColumns } = getTableColumns(users);

const selectByEmail = (db: Session) =>
  db
    .select({ user: publicColumns, passwordHash })
    .from(users)
    .where(sql`lower(${users.email}) = lower(${sql.placeholder('email')})`)
    .prepare('user_credentials_by_email');

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
          .values({ id: randomUUIDv7(), ...user })
          .returning(publicColumns),
      );
      return created as User;
    } catch (error) {
      throw isViolationOf('users_email_key', error) ? new EmailAlreadyUsedError() : error;
    }
  }

  async findCredentials(email: string): Promise<Credentials | null> {
    const [found] = await this.byEmail({ email });
    return found ?? null;
  }

  async findUnknown(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const found = await this.database.query((db) =>
      db
        .select({ id: users.id })
        .from(users)
        .where(inArray(users.id, [...ids])),
    );
    const known = new Set(found.map(({ id }) => id));
    return ids.filter((id) => !known.has(id));
  }
}
