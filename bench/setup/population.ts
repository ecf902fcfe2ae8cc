import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { DEFAULT_PERMISSIONS } from '../../src/arch/modules/auth/domain/models/permissions.model.js';

export interface User {
  readonly id: string;
  readonly displayName: string;
  /** An access token that is valid for the whole run, on every server with the same secret. */
  readonly token: string;
}

/** A conversation and its members; each has one socket. */
export interface Room {
  readonly id: string;
  readonly members: readonly User[];
}

/** Creates users with tokens that are signed as the server signs them, because thousands of logins would take minutes. */
export async function createUsers(count: number, secret: string): Promise<User[]> {
  const key = new TextEncoder().encode(secret);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const id = randomUUID();
      return { id, displayName: `User ${index + 1}`, token: await accessToken(id, key) };
    }),
  );
}

function accessToken(id: string, key: Uint8Array): Promise<string> {
  return new SignJWT({ email: emailOf(id), sid: randomUUID(), permissions: DEFAULT_PERMISSIONS })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(id)
    .setIssuer('causerie')
    .setAudience('causerie')
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('24h')
    .sign(key);
}

export const emailOf = (id: string) => `${id}@bench.example`;

/** Plans conversations of `size` members each. A user is a member of one only, if there are enough users. */
export function planRooms(users: readonly User[], count: number, size: number): Room[] {
  return Array.from({ length: count }, (_, room) => ({
    id: randomUUID(),
    members: Array.from({ length: size }, (__, seat) => {
      const user = users[(room * size + seat) % users.length];
      if (!user) throw new Error('There are no users.');
      return user;
    }),
  }));
}
