import { decodeJwt, SignJWT } from 'jose';
import type { TestServer, TestUser } from '../support/test-server.js';

/** The user's access token with these permissions instead of all. */
export function withPermissions(server: TestServer, user: TestUser, permissions: object[]): Promise<string> {
  return new SignJWT({ ...decodeJwt(user.token), permissions })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .sign(new TextEncoder().encode(server.config.env.JWT_ACCESS_SECRET));
}
