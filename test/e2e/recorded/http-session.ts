import type { Recording } from './recording.js';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
}

interface Made {
  readonly id: string;
}

const PASSWORD = 'correct horse battery';
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Every route as a client calls it, and its most frequent refusals; the seed's calls are among them. */
export async function recordHttp(recording: Recording): Promise<void> {
  const call = recording.call.bind(recording);
  const signUp = (name: string) =>
    call('POST', '/auth/signup', {
      body: { email: `${name}@test.example`, password: PASSWORD, displayName: name },
    }) as Promise<Tokens>;

  await call('GET', '/health/live');
  await call('GET', '/health/ready');
  await call('GET', '/nowhere');
  await call('PUT', '/chat/conversations');

  const ada = await signUp('ada');
  const bob = await signUp('bob');
  const eve = await signUp('eve');
  await signUp('ada');
  await call('POST', '/auth/signup', { body: { email: 'nobody', password: 'short', admin: true } });
  const login = { email: 'ada@test.example', password: PASSWORD };
  const { refreshToken } = (await call('POST', '/auth/login', { body: login })) as Tokens;
  await call('POST', '/auth/login', { body: { ...login, password: 'wrong horse battery' } });
  await call('POST', '/auth/refresh', { body: { refreshToken } });
  await call('POST', '/auth/refresh', { body: { refreshToken: 'unknown' } });
  const { token } = { token: ada.accessToken };
  await call('GET', '/auth/sessions?limit=1', { token });

  await call('GET', '/users/me', { token });
  await call('GET', '/users/me');
  await call('GET', '/users/me', { token: 'no token' });
  await call('PUT', '/users/me', { token, body: { displayName: 'Ada', bio: 'Counts.' } });
  await call('GET', `/users/${bob.user.id}`);
  await call('GET', `/users/${NOBODY}`);
  await call('GET', '/users?search=b', { token });

  const post = (await call('POST', '/posts', { token, body: { title: 'Hello', content: 'World' } })) as Made;
  await call('PATCH', `/posts/${post.id}`, { token, body: { visibility: 'private' } });
  await call('GET', `/posts/${post.id}`, { token: bob.accessToken });
  await call('GET', '/posts?page=1&limit=20', { token });
  await call('GET', '/posts');
  await call('DELETE', `/posts/${post.id}`, { token });
  await call('GET', `/posts/${post.id}`, { token });

  const body = { title: 'Discussion', memberIds: [bob.user.id] };
  const made = (await call('POST', '/chat/conversations', { token, body })) as Made;
  await call('POST', '/chat/conversations', { token, body: { memberIds: [NOBODY] } });
  const path = `/chat/conversations/${made.id}`;
  await call('POST', `${path}/messages`, { token, body: { content: 'Hello depuis HTTP !' } });
  const once = { content: 'Once', clientMessageId: 'once' };
  await call('POST', `${path}/messages`, { token, body: once });
  await call('POST', `${path}/messages`, { token, body: once });
  await call('POST', `${path}/messages`, { token, body: { ...once, content: 'Twice' } });
  await call('POST', `${path}/messages`, { token, body: { content: ' ' } });
  await call('POST', `${path}/members`, { token, body: { userId: eve.user.id } });
  await call('POST', `${path}/members`, { token, body: { userId: eve.user.id } });
  await call('POST', `${path}/members`, { token: bob.accessToken, body: { userId: NOBODY } });
  await call('GET', '/chat/conversations', { token });
  await call('GET', path, { token });
  await call('GET', `${path}/members?limit=1`, { token });
  await call('GET', `${path}/messages?page=1&limit=20`, { token });
  await call('GET', `${path}/messages/window?before=2`, { token });
  await call('GET', `${path}/messages?after=1&limit=1`, { token });
  await call('GET', `${path}/changes?since=1`, { token });
  await call('GET', `${path}/changes?since=99`, { token });

  const stranger = (await signUp('stranger')).accessToken;
  await call('GET', `${path}/messages`, { token: stranger });
  await call('GET', path, { token: stranger });
  await call('GET', `/chat/conversations/${NOBODY}`, { token });

  await call('POST', '/auth/change-password', {
    token: bob.accessToken,
    body: { currentPassword: PASSWORD, newPassword: 'another horse battery' },
  });
  await call('GET', '/users/me', { token: bob.accessToken });
  await call('DELETE', '/users/me', { token: eve.accessToken, body: { password: PASSWORD } });
  await call('POST', '/auth/logout', { token });
  await call('GET', '/users/me', { token });
}
