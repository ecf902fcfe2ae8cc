// The main flow as a product would write it, with types made by openapi-typescript. Prints what it has got.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

const [baseUrl = '', name = ''] = process.argv.slice(2);

function clientOf(accessToken?: string) {
  const headers = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  return createClient<paths>({ baseUrl, headers });
}

async function signUp(displayName: string) {
  const email = `${displayName}@${name}.example`;
  const body = { email, password: 'correct horse battery', displayName };
  const { data } = await clientOf().POST('/auth/signup', { body });
  assert(data);
  return { ...data, client: clientOf(data.accessToken) };
}

const ada = await signUp('Ada');
const grace = await signUp('Grace');

const { data: conversation } = await ada.client.POST('/chat/conversations', {
  params: { header: { 'Idempotency-Key': name } },
  body: { title: 'Engines', memberIds: [grace.user.id] },
});
assert(conversation);
const path = { id: conversation.id };

const content = 'Hello!';
for (const clientMessageId of ['one', 'two', 'one']) {
  const { data } = await ada.client.POST('/chat/conversations/{id}/messages', {
    params: { path },
    body: { content, clientMessageId },
  });
  assert.equal(data?.content, content);
}

const { data: page } = await grace.client.GET('/chat/conversations/{id}/messages', {
  params: { path, query: { page: 1, limit: 10 } },
});
assert.equal(page?.total, 2);

const { data: window } = await grace.client.GET('/chat/conversations/{id}/messages/window', {
  params: { path, query: { around: 2, limit: 1 } },
});
assert.equal(window?.hasMoreBefore, true);

const { data: changes } = await grace.client.GET('/chat/conversations/{id}/changes', {
  params: { path, query: { since: 0 } },
});
assert(changes);
const { response, error } = await grace.client.GET('/chat/conversations/{id}/changes', {
  params: { path, query: { since: changes.rev, epoch: 'another' } },
});
const refusal: components['schemas']['ApiError'] | undefined = error;
assert.equal(refusal?.code, 'CURSOR_INVALID');
assert.equal(response.headers.get('x-request-id'), refusal.requestId);

const seqs = changes.data.map(({ seq }) => seq);
process.stdout.write(JSON.stringify({ seqs, members: conversation.members.length }));
