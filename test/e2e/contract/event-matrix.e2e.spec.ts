import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toErrorPayload } from '../../../src/arch/common/interface/errors/error-payload.js';
import { type ErrorCode, ERRORS } from '../../../src/arch/error-catalogue.js';
import { declaredAccess } from '../../architecture/declared-access.js';
import { startWithUploads } from '../../fakes/avatar-client.js';
import type { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { canariesIn, leaksOf } from './canaries.js';
import { EVENT_ROWS, type EventRow } from './event-rows.js';
import { cellName, cellsOf } from './expectations.js';
import { ACCOUNT_OF, belongingsFor, type IdKind, type Persona, tokensOf } from './personas.js';
import { populate, type World } from './world.js';

/** The listeners, from the first event to the last; the hermit sends nothing. */
const LISTENERS = ['stranger', 'member', 'owner', 'hermit'] as const;

let server: TestServer;
let stop: () => Promise<void>;
let world: World;
/** How personas without a valid token connect. */
let refusedTokens: Readonly<Record<string, string | undefined>>;
const sockets = new Map<string, TestSocket>();
const receivedWords = new Map<string, Set<string>>();

beforeAll(async () => {
  ({ server, stop } = await startWithUploads());
  world = await populate(server);
  const tokens = await tokensOf(server, world);
  refusedTokens = Object.fromEntries(
    Object.entries(tokens).map(([persona, { access }]) => [persona, access]),
  );
  for (const listener of LISTENERS) {
    const socket = await TestSocket.connect(server.url, world[listener].accessToken);
    const words = new Set<string>();
    socket.client.onAny((...event: unknown[]) => {
      for (const word of canariesIn(JSON.stringify(event))) words.add(word);
    });
    sockets.set(listener, socket);
    receivedWords.set(listener, words);
  }
  const { conversation } = world.hermit;
  await sockets.get('hermit')?.emit('join_room', { conversationId: conversation });
});
afterAll(async () => {
  for (const socket of sockets.values()) socket.close();
  await stop();
});

it('has a row for every event of the gateways, and no row for nothing', () => {
  const events = declaredAccess(server.app).filter(({ kind }) => kind === 'event');
  expect(new Set(Object.keys(EVENT_ROWS))).toEqual(new Set(events.map(({ address }) => address)));
});

describe('answers and shows as the contract says', () => {
  it.each(Object.entries(EVENT_ROWS))('%s', async (event, row) => {
    const answers: Record<string, string> = {};
    for (const { persona, id } of cellsOf(row.expect)) {
      answers[cellName(persona, id)] = await fill(event, row, persona, id);
    }
    expect(answers).toEqual(row.expect);
  });
});

it('no persona received messages of other conversations', async () => {
  for (const socket of sockets.values()) await socket.settle();
  expect(Object.fromEntries(LISTENERS.map((name) => [name, roomsReceivedBy(name)]))).toEqual({
    stranger: ['stranger-room'],
    // Personas who joined the owner's conversation before the owner sent there.
    member: ['member-room', 'owner-room'],
    owner: ['member-room', 'owner-room'],
    hermit: [],
  });
});

function roomsReceivedBy(listener: string): string[] {
  return [...(receivedWords.get(listener) ?? [])].filter((word) => word.endsWith('-room')).toSorted();
}

/** The outcome, and all data that must not be shown. */
async function fill(event: string, row: EventRow, persona: Persona, id: IdKind): Promise<string> {
  const payload = row.payload(belongingsFor(world, persona, id), ACCOUNT_OF[persona]);
  const socket = sockets.get(persona);
  const answer = socket ? await socket.emit(event, payload) : { ok: false, error: await refusalOf(persona) };
  const text = JSON.stringify(answer);
  if (answer.ok) {
    const account = ACCOUNT_OF[persona];
    return ['ok', ...canariesIn(text).filter((word) => !word.startsWith(`${account}-`))].join(' ');
  }
  const leaked = leaksOf(text, JSON.stringify(payload));
  return [answer.error?.statusCode, answer.error?.code, ...leaked].join(' ');
}

/** The handshake's answer to personas without a valid token. */
async function refusalOf(persona: Persona) {
  const token = refusedTokens[persona];
  const error = await TestSocket.connect(server.url, '', { auth: token === undefined ? {} : { token } }).then(
    () => undefined,
    (refusal: Error & { data: { code: ErrorCode; message: string } }) => refusal.data,
  );
  return (
    error && {
      ...error,
      statusCode: toErrorPayload(ERRORS.find(({ code }) => code === error.code)).statusCode,
    }
  );
}
