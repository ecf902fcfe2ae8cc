import { expect, it } from 'vitest';
import { type Announcement, announcementLines, banner, listenAddress } from './announcement.js';

const first: Announcement = {
  version: '1.2.3',
  address: 'http://localhost:3000',
  hasDocs: true,
  hasWeb: false,
  hasDemoLogins: true,
  dataDir: '/srv/.data',
};
const production: Announcement = {
  ...first,
  address: 'http://[::]:8080',
  hasDocs: false,
  hasDemoLogins: false,
  dataDir: undefined,
};

it.each([
  ['localhost', 'http://localhost:80'],
  ['127.0.0.1', 'http://127.0.0.1:80'],
  ['::', 'http://[::]:80'],
  ['fe80::1%eth0', 'http://[fe80::1%eth0]:80'],
])('the address on %s is %s', (host, address) => {
  expect(listenAddress(host, 80)).toBe(address);
});

it('a log has a line for each: address, documentation, logins, data', () => {
  expect(announcementLines(first)).toEqual([
    'Causerie listens on http://localhost:3000 (Socket.IO namespace /chat)',
    'API documentation: http://localhost:3000/api/docs',
    'Demo logins: user1@example.com, user2@example.com, user3@example.com, password Password123!',
    'The data lies in /srv/.data (embedded PostgreSQL)',
  ]);
});

it('in production it names the address that is listened on, and nothing that is not there', () => {
  expect(announcementLines(production)).toEqual([
    'Causerie listens on http://[::]:8080 (every address of this machine, Socket.IO namespace /chat)',
    'The data lies in the PostgreSQL of DATABASE_URL',
  ]);
});

it('a terminal has a banner, with the next steps', () => {
  expect(banner(first, false)).toBe(`
  Causerie 1.2.3 is ready; Ctrl-C stops it.

  Address  http://localhost:3000 (Socket.IO: namespace /chat)
  API      http://localhost:3000/api/docs
  Docs     README.md, docs/realtime.md, docs/errors.md
  Logins   user1@example.com, user2@example.com, user3@example.com
           password Password123!
  Data     /srv/.data (embedded PostgreSQL)
  Next     node examples/listen.mjs (in another terminal)
`);
  expect(banner(first, true)).toContain('\u001b[1m');
});

it('the banner names what a browser opens, and an address that the examples would not find', () => {
  const shown = banner({ ...first, address: 'http://0.0.0.0:4000' }, false);
  expect(shown).toContain('http://localhost:4000/api/docs');
  expect(shown).toContain('CAUSERIE_URL=http://localhost:4000 node examples/listen.mjs');
  expect(banner({ ...first, hasDemoLogins: false }, false)).toMatch(/Next +npx -y pnpm@12 seed/);
});

it('where the web client is served, the next step is to open it', () => {
  const served = { ...first, hasWeb: true };
  expect(banner(served, false)).toMatch(
    /Next +open http:\/\/localhost:3000 in a browser, and log in as user1, and as user2 in a private window/,
  );
  expect(banner({ ...served, hasDemoLogins: false }, false)).toMatch(
    /Next +open \S+ in a browser, and sign up/,
  );
});
