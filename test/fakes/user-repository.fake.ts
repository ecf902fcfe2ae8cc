import { randomUUIDv7 } from 'node:crypto';
import { foldEmail } from '../../src/arch/common/domain/email-address.js';
import type {
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
      addableBy: 'everyone' as const,
      presence: 'everyone' as const,
      readReceipts: true,
      createdAt: now,
      updatedAt: now,
      ...user,
      email: foldEmail(user.email),
    };
    this.state.users.set(stored.id, stored);
    return { ...stored };
  }

  async findByEmail(email: string): Promise<User | null> {
    const found = this.find(email);
    return found ? { ...found } : null;
  }

  async findById(id: string): Promise<User | null> {
    const found = this.state.users.get(id);
    return found ? { ...found } : null;
  }

  async findUnknown(ids: readonly string[]): Promise<string[]> {
    return ids.filter((id) => !this.state.users.has(id));
  }

  private find(email: string): StoredUser | undefined {
    const wanted = foldEmail(email);
    return [...this.state.users.values()].find((user) => user.email === wanted);
  }
}
