import { randomUUIDv7 } from 'node:crypto';
import { foldEmail } from '../../src/arch/common/domain/email-address.js';
import type {
  Credentials,
  NewUser,
  UserRepositoryPort,
} from '../../src/arch/modules/user/application/ports/user-repository.port.js';
import { EmailAlreadyUsedError } from '../../src/arch/modules/user/domain/errors/email-already-used.error.js';
import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';
import type { ChatState, StoredUser } from './chat-state.js';

export class UserRepositoryFake implements UserRepositoryPort {
  constructor(private readonly state: Pick<ChatState, 'users'> = { users: new Map() }) {}

  async create(user: NewUser): Promise<User> {
    if (this.find(user.email)) throw new EmailAlreadyUsedError();
    const now = new Date();
    const stored = {
      id: randomUUIDv7(),
      bio: null,
      avatarUrl: null,
      createdAt: now,
      updatedAt: now,
      ...user,
      email: foldEmail(user.email),
    };
    this.state.users.set(stored.id, stored);
    return toCredentials(stored).user;
  }

  async findCredentials(email: string): Promise<Credentials | null> {
    const found = this.find(email);
    return found ? toCredentials(found) : null;
  }

  async findById(id: string): Promise<User | null> {
    const found = this.state.users.get(id);
    return found ? toCredentials(found).user : null;
  }

  async holdPassword(id: string, passwordHash: string): Promise<boolean> {
    return this.state.users.get(id)?.passwordHash === passwordHash;
  }

  async changePassword(id: string, passwordHash: string): Promise<void> {
    Object.assign(this.state.users.get(id) ?? {}, { passwordHash, updatedAt: new Date() });
  }

  async findUnknown(ids: readonly string[]): Promise<string[]> {
    return ids.filter((id) => !this.state.users.has(id));
  }

  private find(email: string): StoredUser | undefined {
    const wanted = foldEmail(email);
    return [...this.state.users.values()].find((user) => user.email === wanted);
  }
}

function toCredentials({ passwordHash, ...user }: StoredUser): Credentials {
  return { user, passwordHash };
}
