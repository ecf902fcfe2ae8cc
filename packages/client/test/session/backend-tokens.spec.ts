import { expect, it, vi } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { fakeClient, tokensOf, userNamed } from '../support/fake-client.ts';
import { answerOf, lost, refusal } from '../support/fake-transport.ts';

function withBackend(getToken: (reason: string) => Promise<string>) {
  const client = fakeClient({ auth: { kind: 'token', getToken } });
  client.transport.answer = ({ headers }) => {
    const [, name = '', state] = /^Bearer (\w+)-(\w+)/.exec(headers['authorization'] ?? '') ?? [];
    if (state === 'old') return refusal(401, 'TOKEN_EXPIRED');
    if (state === 'bad') return refusal(401, 'TOKEN_INVALID');
    return answerOf(200, userNamed(name));
  };
  return client;
}

it('asks once for a token, however many need it, and whose it is', async () => {
  const getToken = vi.fn<(reason: string) => Promise<string>>(async () => 'ada-good');
  const { account, session } = withBackend(getToken);
  await Promise.all([session.restore(), session.restore(), account.token(), account.token()]);
  expect(getToken.mock.calls).toEqual([['start']]);
  expect(session.state.getSnapshot()).toEqual({ status: 'signed-in', user: userNamed('ada') });
});

it('asks once for another one, and does not repeat a call with the same one', async () => {
  const getToken = vi.fn<(reason: string) => Promise<string>>(async () => 'ada-good');
  const { account, link, transport } = withBackend(getToken);
  await account.token();
  await Promise.all([1, 2, 3].map(() => account.renew('ada-good', 'expiring')));
  expect(getToken.mock.calls).toEqual([['start'], ['expiring']]);
  const answer = transport.answer;
  transport.answer = (request) =>
    request.url.includes('search') ? refusal(401, 'TOKEN_EXPIRED') : answer(request);
  await expect(link.call('GET /users', { query: { search: 'a' } })).rejects.toMatchObject({
    code: 'TOKEN_EXPIRED',
  });
  expect(transport.paths.filter((path) => path.includes('search'))).toHaveLength(1);
});

it('says why it asks', async () => {
  const getToken = vi.fn<(reason: string) => Promise<string>>(async (reason) =>
    reason === 'refused' ? 'ada-new' : 'ada-old',
  );
  const { account } = withBackend(getToken);
  expect(await account.token()).toBe('ada-new');
  expect(await account.renew('ada-new', 'expiring')).toBe('ada-new');
  expect(getToken.mock.calls.flat()).toEqual(['start', 'refused', 'expiring', 'refused']);
});

it('a backend that hangs or fails leaves it unknown, and is asked again', async () => {
  const answers = [
    () => new Promise<string>(() => undefined),
    () => Promise.reject(new Error('down')),
    (): never => {
      throw new Error('down');
    },
    async () => 'ada-good',
  ];
  const { account, session, clock } = withBackend(async () => answers.shift()?.() ?? '');
  const restored = session.restore();
  await clock.pass(15_000);
  await restored;
  expect(session.state.getSnapshot().status).toBe('unknown');
  await expect(account.token()).rejects.toMatchObject({ code: 'NETWORK' });
  await expect(account.token()).rejects.toMatchObject({ code: 'NETWORK' });
  expect(await account.token()).toBe('ada-good');
  expect(clock.pending).toBe(0);
});

it('a token that is refused twice signs out, and `restore` asks again', async () => {
  let token = 'ada-bad';
  const { account, session } = withBackend(async () => token);
  expect(await account.token()).toBe(null);
  expect(session.state.getSnapshot().status).toBe('signed-out');
  token = 'ada-good';
  await session.restore();
  expect(session.state.getSnapshot().status).toBe('signed-in');
});

it('no token means that nobody is signed in', async () => {
  const { session } = withBackend(async () => '');
  await session.restore();
  expect(session.state.getSnapshot().status).toBe('signed-out');
});

it('a token of another user: everything of the first one goes', async () => {
  let token = 'ada-good';
  const { account, accounts, session } = withBackend(async () => token);
  await session.restore();
  token = 'bob-good';
  expect(await account.renew('ada-good', 'expiring')).toBe('bob-good');
  expect(accounts).toEqual(['ada', 'bob']);
});

it('an outage while it is asked whose a token is keeps who was signed in', async () => {
  const { account, session, transport } = withBackend(async () => 'ada-good');
  await session.restore();
  transport.answer = () => lost();
  await expect(account.renew('ada-good', 'expiring')).rejects.toMatchObject({ code: 'NETWORK' });
  await settle();
  expect(session.state.getSnapshot().status).toBe('signed-in');
});

it('tokens come from nowhere else', async () => {
  const { session } = withBackend(async () => 'ada-good');
  await expect(session.adopt(tokensOf('ada', 1))).rejects.toMatchObject({ code: 'PROTOCOL' });
});
