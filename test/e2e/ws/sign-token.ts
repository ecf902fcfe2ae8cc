import { decodeJwt, SignJWT } from 'jose';
import type { TestServer, TestUser } from '../../support/test-server.js';

interface Permission {
  readonly resource: string;
  readonly actions: readonly string[];
}

interface Changes {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, string>;
  readonly secret?: string;
}

/** The user's access token with changed claims, signed like the server's unless `secret` is another one. */
export function signToken(server: TestServer, user: TestUser, changes: Changes = {}): Promise<string> {
  return new SignJWT({ ...decodeJwt(user.token), ...changes.claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...changes.header })
    .sign(new TextEncoder().encode(changes.secret ?? server.config.env.JWT_ACCESS_SECRET));
}

/** A token of a user with all default permissions except one action. */
export function signWithout(
  server: TestServer,
  user: TestUser,
  resource: string,
  action: string,
): Promise<string> {
  const { permissions } = decodeJwt<{ permissions: Permission[] }>(user.token);
  const fewer = permissions.map((permission) =>
    permission.resource === resource
      ? { resource, actions: permission.actions.filter((name) => name !== action) }
      : permission,
  );
  return signToken(server, user, { claims: { permissions: fewer } });
}
