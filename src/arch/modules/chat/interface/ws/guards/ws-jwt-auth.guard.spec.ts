import { describe, expect, it, vi } from 'vitest';
import { AccessTokenFake } from '../../../../../../../test/fakes/access-token.fake.js';
import { SecurityLogFake } from '../../../../../../../test/fakes/security-log.fake.js';
import { ConnectionFake } from '../../../../../../../test/fakes/connection.fake.js';
import { InFlightWork } from '../../../../../common/application/in-flight-work.js';
import { RateLimitedError } from '../../../../../common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../../../common/domain/errors/unavailable.error.js';
import { TokenInvalidError } from '../../../../../common/domain/errors/token-invalid.error.js';
import type { AuthenticatedSocket } from '../../../../../common/interface/principal-of.js';
import { UserSockets } from '../../../../../common/interface/ws/session/user-sockets.js';
import { WsJwtAuthGuard } from './ws-jwt-auth.guard.js';

const guardOf = (tokens: AccessTokenFake, work = new InFlightWork()) =>
  new WsJwtAuthGuard(tokens, work, new UserSockets(), new SecurityLogFake());

const ADA = { sub: 'u1', email: 'ada@example.com', sid: 's1', permissions: [] };

/** The result of a handshake with these values. */
async function shake(
  guard: WsJwtAuthGuard,
  { auth = {}, authorization }: { auth?: Record<string, unknown>; authorization?: string },
  conn = new ConnectionFake(),
) {
  const socket = { handshake: { auth, headers: { authorization } }, client: { conn }, conn, data: {} };
  let open: boolean | undefined;
  const next = vi.fn<(error?: Error) => void>(() => void (open = conn.readyState === 'open'));
  vi.useFakeTimers();
  await guard.handshake(socket as unknown as AuthenticatedSocket, next);
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  const [error] = next.mock.lastCall ?? [];
  return {
    calls: next.mock.calls.length,
    error,
    data: socket.data,
    open,
    closed: conn.readyState === 'closed',
  };
}

/** @param open whether the client gets the error: Socket.IO sends none on a closed connection */
const refusal = (code: string, open = true) => ({
  calls: 1,
  data: {},
  open,
  closed: true,
  error: expect.objectContaining({ message: 'Unauthorized', data: { code, message: expect.any(String) } }),
});

describe('accepts the socket and stores its principal', () => {
  it.each([
    ['auth.token', (token: string) => ({ auth: { token } })],
    ['the header', (token: string) => ({ authorization: `Bearer ${token}` })],
    ['auth.token before the header', (token: string) => ({ auth: { token }, authorization: 'Bearer x' })],
  ])('by %s', async (_, by) => {
    const tokens = new AccessTokenFake();
    const { token } = await tokens.issueToken(ADA);
    expect(
      await shake(
        new WsJwtAuthGuard(tokens, new InFlightWork(), new UserSockets(), new SecurityLogFake()),
        by(token),
      ),
    ).toEqual({
      calls: 1,
      error: undefined,
      open: true,
      data: { user: ADA, issuedAt: expect.any(Date), expiresAt: expect.any(Date) },
      closed: false,
    });
  });
});

describe('refuses and closes the connection', () => {
  it.each([
    ['no token', {}, 'TOKEN_MISSING'],
    ['an unknown token', { auth: { token: 'x' } }, 'TOKEN_INVALID'],
    ['an empty token', { auth: { token: '' } }, 'TOKEN_MISSING'],
    ['a token that is no string', { auth: { token: 7 } }, 'TOKEN_INVALID'],
    ['a null token', { auth: { token: null } }, 'TOKEN_MISSING'],
    ['another scheme', { authorization: 'Basic YTpi' }, 'TOKEN_INVALID'],
  ])('%s', async (_, by, code) => {
    const guard = new WsJwtAuthGuard(
      new AccessTokenFake(),
      new InFlightWork(),
      new UserSockets(),
      new SecurityLogFake(),
    );
    expect(await shake(guard, by)).toEqual(refusal(code));
  });

  it('a bad auth.token, whatever the header holds', async () => {
    const tokens = new AccessTokenFake();
    const { token } = await tokens.issueToken(ADA);
    const by = { auth: { token: 'x' }, authorization: `Bearer ${token}` };
    expect(
      await shake(
        new WsJwtAuthGuard(tokens, new InFlightWork(), new UserSockets(), new SecurityLogFake()),
        by,
      ),
    ).toEqual(refusal('TOKEN_INVALID'));
  });

  it('an expired token', async () => {
    const tokens = new AccessTokenFake(-1);
    const { token } = await tokens.issueToken(ADA);
    const guard = new WsJwtAuthGuard(tokens, new InFlightWork(), new UserSockets(), new SecurityLogFake());
    expect(await shake(guard, { auth: { token } })).toEqual(refusal('TOKEN_EXPIRED'));
  });

  it('a token whose session has ended', async () => {
    const tokens = new AccessTokenFake();
    const { token } = await tokens.issueToken(ADA);
    tokens.revoked.add(ADA.sid);
    expect(await shake(guardOf(tokens), { auth: { token } })).toEqual(refusal('SESSION_REVOKED'));
  });

  it.each([
    ['UNAVAILABLE', new UnavailableError()],
    ['RATE_LIMITED', new RateLimitedError(1_000)],
    ['INTERNAL', new Error('planted')],
  ])('without a CONNECT_ERROR for what passes by itself: %s', async (code, error) => {
    const tokens = new AccessTokenFake();
    tokens.verifyToken = () => Promise.reject(error);
    expect(await shake(guardOf(tokens), { auth: { token: 'x' } })).toEqual(refusal(code, false));
  });

  it('every socket while the server shuts down', async () => {
    const [tokens, work] = [new AccessTokenFake(), new InFlightWork()];
    const { token } = await tokens.issueToken(ADA);
    await work.drainWork();
    expect(await shake(guardOf(tokens, work), { auth: { token } })).toEqual(refusal('SHUTTING_DOWN', false));
  });
});

const vouches = (tokens: AccessTokenFake, data: object) =>
  guardOf(tokens).vouchesFor({ data } as unknown as AuthenticatedSocket);

describe('vouches for', () => {
  it('whom the handshake let in, until the session ends', () => {
    const tokens = new AccessTokenFake();
    expect(vouches(tokens, { user: ADA })).toBe(true);
    tokens.revoked.add(ADA.sid);
    expect(vouches(tokens, { user: ADA })).toBe(false);
  });

  it('no socket that the handshake did not authenticate', () => {
    expect(vouches(new AccessTokenFake(), {})).toBe(false);
  });
});

describe('renews', () => {
  const LATER = { ...ADA, sid: 's2' };

  /** A connected socket of Ada's, with a record of its rooms. */
  function socketOf(join: () => void = () => undefined) {
    const rooms = new Set(['session:s1']);
    const socket = {
      data: { user: ADA, issuedAt: new Date(0), expiresAt: new Date(0) },
      connected: true,
      rooms,
      join: (room: string) => {
        rooms.add(room);
        join();
      },
      leave: (room: string) => void rooms.delete(room),
      on: () => undefined,
    };
    return socket as unknown as AuthenticatedSocket;
  }

  it('the principal and the room of its session', async () => {
    const [tokens, socket] = [new AccessTokenFake(), socketOf()];
    await guardOf(tokens).renew(socket, (await tokens.issueToken(LATER)).token);
    expect(socket.data.user).toEqual(LATER);
    expect([...socket.rooms]).toEqual(['session:s2']);
  });

  it.each([
    ['expired', new AccessTokenFake(-1), LATER],
    [
      'of a session that has ended',
      Object.assign(new AccessTokenFake(), { revoked: new Set([LATER.sid]) }),
      LATER,
    ],
    ['of somebody else', new AccessTokenFake(), { ...LATER, sub: 'u2' }],
  ])(
    'nothing by a token that is %s, with no other reason than that it is invalid',
    async (_, tokens, principal) => {
      const socket = socketOf();
      const { token } = await tokens.issueToken(principal);
      await expect(guardOf(tokens).renew(socket, token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
      expect(socket.data.user).toEqual(ADA);
      expect([...socket.rooms]).toEqual(['session:s1']);
    },
  );

  it('nothing when the newer session ends in the middle of it', async () => {
    const tokens = new AccessTokenFake();
    const socket = socketOf(() => void tokens.revoked.add(LATER.sid));
    const renewal = guardOf(tokens).renew(socket, (await tokens.issueToken(LATER)).token);
    await expect(renewal).rejects.toThrow(TokenInvalidError);
    expect(socket.data.user).toEqual(ADA);
    expect(socket.rooms.has('session:s1')).toBe(true);
  });
});
