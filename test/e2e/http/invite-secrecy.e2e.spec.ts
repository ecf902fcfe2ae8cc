import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_INVITE_LIMIT: '30' })
  .extend('token', PER_FILE, async ({ server, owner }) => {
    const id = await server.createConversation(owner);
    const { body } = await server.call('POST', `/chat/conversations/${id}/invites`, {
      token: owner.token,
      body: {},
    });
    return body.token;
  })
  .extend('steps', PER_FILE, ({ server }) => ({
    /** The answers to requests that are sent as they are, over a connection of their own. */
    send: async (method: string, target: string, headers: readonly string[] = []): Promise<string> => {
      const socket = connectTcp(Number(new URL(server.url).port), '127.0.0.1');
      await once(socket, 'connect');
      const lines = [`${method} ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers];
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      return text(socket);
    },
  }));

it('the token of an invite is in no log line and in no error, whatever is asked with it', async ({
  server,
  steps,
  stranger,
  token,
}) => {
  const bearer = `Authorization: Bearer ${stranger.token}`;
  const link = `/chat/invites/${token}`;
  const json = 'Content-Type: application/json';
  const answers = [
    // Errors of the routes: not authenticated, another token, not a token, ended.
    await steps.send('GET', link),
    await steps.send('POST', `${link}/join`, ['Authorization: Bearer x.y.z']),
    await steps.send('GET', `${link}A`, [bearer]),
    await steps.send('POST', `${link.slice(0, -1)}/join`, [bearer]),
    // Refused before the route: the body, the method, the length, what is expected.
    await steps.send('POST', `${link}/join`, [bearer, json, 'Content-Length: 1', '', '{']),
    await steps.send('DELETE', link, [bearer]),
    await steps.send('POST', `${link}/join`, [
      bearer,
      'Content-Type: text/plain',
      'Content-Length: 1',
      '',
      'x',
    ]),
    await steps.send('GET', link, ['Expect: the unexpected']),
    await steps.send('GET', link, ['Upgrade: websocket', 'Connection: Upgrade']),
    await steps.send('GET', link, [`X: ${'x'.repeat(20_000)}`]),
    await steps.send('OPTIONS', link, [
      'Origin: https://other.example',
      'Access-Control-Request-Method: GET',
    ]),
    await steps.send('TRACE', link),
    // No route: with more or other letters, in another place, not decodable.
    await steps.send('GET', `${link}/`, [bearer]),
    await steps.send('GET', `${link}/other`, [bearer]),
    await steps.send('GET', `${link}%zz`, [bearer]),
    await steps.send('GET', `//chat//invites//${token}`, [bearer]),
    await steps.send('GET', `/api/chat/invites/${token}`, [bearer]),
    await steps.send('GET', `/CHAT/Invites/${token}`, [bearer]),
    await steps.send('GET', `/chat%2Finvites%2F${token}`, [bearer]),
    await steps.send('GET', `/nowhere?invite=${token}`, [bearer]),
    await steps.send('GET', `/chat/conversations?cursor=${token}`, [bearer]),
  ];
  const succeeded = answers.filter((answer) => !/^HTTP\/1\.1 4\d\d /.test(answer));
  expect(succeeded).toEqual([]);
  // What leads somewhere, also where the letters differ for the router.
  const good = [
    await steps.send('GET', `http://x/chat/invites/${token}`, [bearer]),
    await steps.send('GET', `/chat/%69nvites/${token}`, [bearer]),
    await steps.send('POST', `${link}/join`, [bearer]),
    await steps.send('GET', link, [bearer]),
  ];
  expect(good.map((answer) => /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])).toEqual(Array(4).fill('200'));
  // Errors about the rate, at last.
  for (let n = 0; n < 40; n += 1) answers.push(await steps.send('GET', link, [bearer]));
  expect(answers.at(-1)).toContain('RATE_LIMITED');
  for (const answer of [...answers, ...good]) expect(answer).not.toContain(token.slice(0, -1));
  expect(answers.filter((answer) => answer.includes('"path":"/chat/invites/:token')).length).toBeGreaterThan(
    25,
  );
  expect(server.logText).toContain('GET /chat/invites/:token 404');
  expect(server.logText).toContain('POST /chat/invites/:token/join 200');
  expect(server.logText).not.toContain(token.slice(0, -1));
});
