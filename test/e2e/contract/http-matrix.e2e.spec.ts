import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWithUploads } from '../../fakes/avatar-client.js';
import type { TestServer } from '../../support/test-server.js';
import { loadDocument, operationsOf } from './api-document.js';
import { canariesIn, leaksOf } from './canaries.js';
import { cellName, cellsOf } from './expectations.js';
import { type Caller, type Row, ROWS } from './matrix-rows.js';
import {
  ACCOUNT_OF,
  belongingsFor,
  type IdKind,
  isLoggedIn,
  type Persona,
  tokensOf,
  type Tokens,
} from './personas.js';
import { logIn, populate, type World } from './world.js';

let server: TestServer;
let stop: () => Promise<void>;
let world: World;
let tokens: Tokens;
/** Cursors of the lists, by the persona who received them. */
let cursors: Readonly<Record<string, Readonly<Record<string, string>>>>;
const seen = new Set<string>();

beforeAll(async () => {
  ({ server, stop } = await startWithUploads());
  world = await populate(server);
  tokens = await tokensOf(server, world);
  cursors = {
    'GET /users': await cursorsOf('/users?search=canary&limit=1'),
    'GET /chat/conversations': await cursorsOf('/chat/conversations?limit=1'),
  };
});
afterAll(() => stop());

const operationOf = (name: string) => name.split(' | ', 1)[0] ?? '';

it('has a row for every operation of the document, and no row for nothing', async () => {
  const operations = operationsOf(await loadDocument(server)).map(({ key }) => key);
  expect(new Set(Object.keys(ROWS).map(operationOf))).toEqual(new Set(operations));
});

describe('answers and shows as the contract says', () => {
  it.each(Object.entries(ROWS))('%s', async (name, row) => {
    const answers: Record<string, string> = {};
    for (const { persona, id } of cellsOf(row.expect)) {
      answers[cellName(persona, id)] = await fill(operationOf(name), row, persona, id);
    }
    expect(answers).toEqual(row.expect);
  });
});

it('the search for canaries finds some: every account sees its own', () => {
  const wanted = ['stranger', 'member', 'owner'].flatMap((account) =>
    ['private', 'room', 'public', 'name'].map((scope) => `${account} ${account}-${scope}`),
  );
  expect([...seen]).toEqual(expect.arrayContaining([...wanted, 'member owner-room', 'nobody owner-public']));
});

/** The status, the code, and all data that must not be shown. */
async function fill(operation: string, row: Row, persona: Persona, id: IdKind): Promise<string> {
  const caller = await callerOf(operation, row, persona, id);
  const whose = belongingsFor(world, persona, id);
  const { id: inPath = '', member = '', message = '', query = '', body } = row.send?.(whose, caller) ?? {};
  const [method = '', template = ''] = operation.split(' ');
  const path =
    template
      .replace(/\{\w+\}/, inPath)
      .replace(/\{(?:userId|inviteId)\}/, member)
      .replace('{messageId}', message)
      .replace('{emoji}', '👍') + query;
  const isForm = body instanceof FormData;
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(caller.access === undefined ? {} : { authorization: `Bearer ${caller.access}` }),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const whole = `${JSON.stringify([...response.headers])} ${text}`;
  if (response.status < 400) {
    const shown = canariesIn(whole);
    for (const word of shown) seen.add(`${persona} ${word}`);
    return [response.status, ...shown.filter((word) => !maySee(row, persona, word))].join(' ');
  }
  const { code, requestId } = JSON.parse(text) as { code: string; requestId: string };
  const sent = `${requestId} ${path} ${JSON.stringify(body)}`;
  return [response.status, code, ...leaksOf(whole, sent)].join(' ');
}

function maySee(row: Row, persona: Persona, word: string): boolean {
  const account = row.byBody || isLoggedIn(persona) ? ACCOUNT_OF[persona] : undefined;
  const [whose, scope] = word.split('-');
  if (whose === account) return true;
  if (scope === 'room') return persona === 'member' && whose === 'owner';
  // The posts of a deleted account stay, and its name does not.
  return row.showsPeople === true && (scope === 'public' || (scope === 'name' && whose !== 'deleted'));
}

async function callerOf(
  operation: string,
  row: Row,
  persona: Persona,
  id: IdKind,
): Promise<Caller & { access?: string }> {
  const own = world[ACCOUNT_OF[persona]];
  const bystander = world.bystander;
  const { access, refresh } = tokens[persona];
  const cursorOwner = id === 'other' ? (ACCOUNT_OF[persona] === 'owner' ? 'hermit' : 'owner') : persona;
  const cursor = id === 'malformed' ? 'malformed' : (cursors[operation]?.[cursorOwner] ?? '');
  const login = row.ownLogin && isLoggedIn(persona) ? await logIn(server, persona) : undefined;
  return {
    own,
    bystander,
    cursor,
    refreshToken: login?.refreshToken ?? refresh,
    ...(login ? { access: login.accessToken } : access === undefined ? {} : { access }),
  };
}

async function cursorsOf(path: string): Promise<Record<string, string>> {
  const pages = await Promise.all(
    (['stranger', 'member', 'owner', 'hermit'] as const).map(async (account) => {
      const token = world[account].accessToken;
      return [account, (await server.call('GET', path, { token })).body.nextCursor] as const;
    }),
  );
  return Object.fromEntries(pages);
}
