import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { shownPath } from './shown-path.js';

const TOKEN = 'Zq3bF_0aY-7LmN2pQ8rStw';

it.each([
  ['/', '/'],
  ['/chat/conversations/1/messages?after=1', '/chat/conversations/1/messages'],
  ['/chat/conversations/1/invites/2', '/chat/conversations/1/invites/2'],
  ['/chat/invites', '/chat/invites'],
  ['/chat/invites/', '/chat/invites/'],
  ['/i/', '/i/'],
  ['/c/i', '/c/i'],
  ['/users/%C3%A9%zz', '/users/%C3%A9%zz'],
  ['', ''],
])('shows of %j the path as it was sent', (url, shown) => {
  expect(shownPath(url)).toBe(shown);
});

it.each([
  [`/chat/invites/${TOKEN}`, '/chat/invites/:token'],
  [`/chat/invites/${TOKEN}/join`, '/chat/invites/:token/join'],
  [`/chat/invites/${TOKEN}/join/?x=${TOKEN}`, '/chat/invites/:token/join'],
  [`/chat/invites/${TOKEN}#${TOKEN}`, '/chat/invites/:token'],
  [`/chat/invites/${TOKEN}/${TOKEN}`, '/chat/invites/:token'],
  [`/chat/invites/x/${TOKEN}/join`, '/chat/invites/:token/join'],
  [`/chat/invites/${TOKEN}%zz`, '/chat/invites/:token'],
  [`/CHAT/Invites/${TOKEN}`, '/CHAT/Invites/:token'],
  [`//chat//invites//${TOKEN}`, '//chat//invites//:token'],
  [`/api/chat/invites/${TOKEN}`, '/api/chat/invites/:token'],
  [`http://host.example/chat/invites/${TOKEN}`, 'http://host.example/chat/invites/:token'],
  [`/chat/%69nvites/${TOKEN}`, '/chat/invites/:token'],
  [`/i/${TOKEN}`, '/i/:token'],
  [`//I//${TOKEN}?x=${TOKEN}`, '//I//:token'],
  [`/%69/${TOKEN}`, '/i/:token'],
  [`/%63hat%2Finvites%2f${TOKEN}`, '/chat/invites/:token'],
])('hides the secret in %j', (url, shown) => {
  expect(shownPath(url)).toBe(shown);
});

it('hides the secret of every route that the API document says to have one', () => {
  const file = resolve(import.meta.dirname, '../../../../../../docs/openapi.json');
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: object };
  const routes = Object.keys(paths).filter((path) => path.includes('{token}'));
  expect(routes.length).toBeGreaterThan(1);
  for (const route of routes)
    expect(shownPath(route.replace('{token}', TOKEN))).toBe(route.replace('{token}', ':token'));
});
