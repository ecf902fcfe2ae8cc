import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_CONVERSATION, DEMO_PASSWORD, DEMO_USERS } from '../../../src/arch/common/domain/demo-data.js';
import { seedDemoData } from '../../../src/arch/common/infrastructure/database/seed.dev.js';
import { declaredAccess } from '../../architecture/declared-access.js';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

/** The sections of the page; the first cell of their tables is the name of an event. */
const text = readFileSync(resolve(import.meta.dirname, '../../../docs/realtime.md'), 'utf8');
const sections = text.split(/^## /m);
const section = (title: string) => sections.find((one) => one.startsWith(title)) ?? '';
const [sentTable, receivedTable] = [section('What a client sends'), section('What a client receives')];
const rowsOf = (markdown: string) =>
  [...markdown.matchAll(/^\| `(\w+)` +\|(.*)\|$/gm)].map(([, event = '', cells = '']) => ({
    event,
    cells: cells.split('|').map((cell) => cell.trim()),
  }));

/** The fields that a cell lists in braces, except those of nested objects. */
function fieldsOf(cell: string): string[] {
  const object = /`\{(.*)\}`/.exec(cell)?.[1] ?? '';
  const flat = object.replaceAll(/: \[\{[^}]*\}\]/g, '');
  return flat.match(/\w+/g) ?? [];
}

/** Those of them that are never absent. */
const requiredFieldsOf = (cell: string) => fieldsOf(cell.replaceAll(/\w+\?(?=[ ,])/g, ''));

let server: TestServer;
let one: TestSocket;
let two: TestSocket;
const conversationId = DEMO_CONVERSATION.id;

async function tokenOf(email: string): Promise<string> {
  const { body } = await server.call('POST', '/auth/login', { body: { email, password: DEMO_PASSWORD } });
  return body.accessToken;
}

beforeAll(async () => {
  server = await TestServer.start();
  await seedDemoData(server.database.connection);
  one = await TestSocket.connect(server.url, await tokenOf(DEMO_USERS[0].email));
  two = await TestSocket.connect(server.url, await tokenOf(DEMO_USERS[1].email));
  await two.emit('join_room', { conversationId });
});
afterAll(async () => {
  for (const socket of [one, two]) socket.close();
  await server.stop();
});

it('docs/realtime.md lists the events of the gateways, each once', () => {
  const events = declaredAccess(server.app).filter(({ kind }) => kind === 'event');
  const listed = rowsOf(sentTable).map(({ event }) => event);
  expect(listed.toSorted()).toEqual(events.map(({ address }) => address).toSorted());
});

it('the page describes the acknowledgement of each event', async () => {
  const payloads: Record<string, object> = {
    join_room: { conversationId },
    join_all: {},
    send_message: JSON.parse(/```json\n(.*)\n```/.exec(text)?.[1] ?? '')[1],
    mark_read: { conversationId, seq: 2 },
    typing: { conversationId, isTyping: true },
    authenticate: { token: await tokenOf(DEMO_USERS[0].email) },
    leave_room: { conversationId },
    subscribe_presence: { userIds: [DEMO_USERS[1].id] },
  };
  const acknowledged: Record<string, string[]> = {};
  for (const [event, payload] of Object.entries(payloads)) {
    const answer = (await one.emit(event, payload)) as { ok: boolean; data: object };
    acknowledged[event] = Object.keys(answer.data).toSorted();
  }
  const listed = rowsOf(sentTable).map(({ event, cells }) => [
    event,
    requiredFieldsOf(cells[2] ?? '').toSorted(),
  ]);
  expect(acknowledged).toEqual(Object.fromEntries(listed));
  const named = rowsOf(sentTable).map(({ event, cells }) => [event, fieldsOf(cells[0] ?? '')]);
  const sent = Object.entries(payloads).map(([event, payload]) => [event, Object.keys(payload)]);
  expect(Object.fromEntries(named)).toEqual({
    ...Object.fromEntries(sent),
    // The other fields are optional.
    send_message: [
      'conversationId',
      'content',
      'clientMessageId',
      'replyToId',
      'mentions',
      'mentionsAll',
      'metadata',
    ],
  });
});

it('the page and README.md name the same events to clients', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../../README.md'), 'utf8');
  const list = /; receive ([^.]*)\. Every event/.exec(readme)?.[1] ?? '';
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, event]) => event);
  expect(rowsOf(receivedTable).map(({ event }) => event)).toEqual(named);
});

it('the page describes the payload of each event to clients', async () => {
  await one.emit('join_room', { conversationId });
  const other = await server.signUp();
  await one.emit('typing', { conversationId, isTyping: true });
  await one.emit('nonsense', {});
  await two.emit('mark_read', { conversationId, seq: 6 });
  const token = await tokenOf(DEMO_USERS[0].email);
  await server.call('POST', `/chat/conversations/${conversationId}/members`, {
    token,
    body: { userId: other.id },
  });
  const emitted = {
    ready: await two.waitFor('ready', 1),
    message_read: await one.waitFor('message_read', 1),
    typing: await two.waitFor('typing', 1),
    member_added: await two.waitFor('member_added', 1),
    error: await one.waitFor('error', 1),
  };
  for (const [event, [payload]] of Object.entries(emitted)) {
    if (event === 'error') continue;
    const row = rowsOf(receivedTable).find((listed) => listed.event === event);
    expect([event, Object.keys(payload as object).toSorted()]).toEqual([
      event,
      requiredFieldsOf(row?.cells[1] ?? '').toSorted(),
    ]);
  }
  expect(emitted.error[0]).toMatchObject({ event: 'nonsense', code: 'UNKNOWN_EVENT', statusCode: 404 });
});
