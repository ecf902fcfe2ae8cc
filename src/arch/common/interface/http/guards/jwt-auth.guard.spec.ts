import type { ExecutionContext } from '@nestjs/common';
import { expect, it } from 'vitest';
import { AccessTokenFake } from '../../../../../../test/fakes/access-token.fake.js';
import { TokenExpiredError } from '../../../domain/errors/token-expired.error.js';
import { TokenInvalidError } from '../../../domain/errors/token-invalid.error.js';
import { TokenMissingError } from '../../../domain/errors/token-missing.error.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';

const ADA = { sub: 'u1', email: 'ada@example.com', sid: 's1', permissions: [] };

async function enter(guard: JwtAuthGuard, authorization?: string) {
  const request: { headers: object; user?: unknown } = { headers: { authorization } };
  const context = { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
  return { entered: await guard.canActivate(context), user: request.user };
}

it('accepts a valid token and stores its principal', async () => {
  const tokens = new AccessTokenFake();
  const { token } = await tokens.issueToken(ADA);
  expect(await enter(new JwtAuthGuard(tokens), `Bearer ${token}`)).toEqual({ entered: true, user: ADA });
});

it('refuses a missing, a wrong and an expired token', async () => {
  const guard = new JwtAuthGuard(new AccessTokenFake());
  await expect(enter(guard)).rejects.toThrow(TokenMissingError);
  await expect(enter(guard, 'Basic YTpi')).rejects.toThrow(TokenInvalidError);
  await expect(enter(guard, 'Bearer x')).rejects.toThrow(TokenInvalidError);
  const expired = new AccessTokenFake(-1);
  const { token } = await expired.issueToken(ADA);
  await expect(enter(new JwtAuthGuard(expired), `Bearer ${token}`)).rejects.toThrow(TokenExpiredError);
});
