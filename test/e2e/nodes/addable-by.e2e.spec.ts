import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type ApiAnswer, callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import { signToken } from '../contract/operation-context.js';
import { insertUsers } from '../http/support.js';
import { TwoNodes } from './two-nodes.js';

/** Races whose order is not controlled: each of them has to end well. */
const ROUNDS = [0, 1, 2];
/** Makes the row of a new member wait for an advisory lock, however long: by then everything has been decided. */
const SLOW_MEMBERS = `
create function wait_at_member() returns trigger language plpgsql set lock_timeout = 0 as
  $$ begin perform pg_advisory_xact_lock_shared(1); return new; end $$;
create trigger slow_members before insert on conversation_members for each row execute function wait_at_member();`;
const WAITING = 'select from pg_stat_activity where datname = current_database() and wait_event = $1';

let nodes: TwoNodes;
let elsewhere: Client;
let owner: TestUser;
/** Of the owner alone. */
let groups: string[];
let guest: { readonly id: string; readonly token: string };

beforeAll(async () => {
  nodes = await TwoNodes.start();
  owner = await nodes.one.signUp('Ada');
  await nodes.one.database.query(SLOW_MEMBERS);
  elsewhere = new Client(nodes.one.database.connection);
  await elsewhere.connect();
});
beforeEach(async () => {
  guest = await newUser();
  groups = await Promise.all([1, 2, 3].map(() => nodes.one.createConversation(owner)));
});
afterAll(async () => {
  await elsewhere.end();
  await nodes.stop();
});

async function newUser() {
  const [id = ''] = await insertUsers(nodes.one, 1);
  return { id, token: await signToken(nodes.one.config, { sub: id }) };
}
const call = (node: number, method: string, path: string, { token }: { token: string }, body?: object) =>
  callApi(nodes.urls[node % 2] ?? '', method, path, { token, body });
/** Repeats a request that found a lock taken for too long, as a client that obeys a 503 does. */
const refuseAll = (node: number) =>
  vi.waitUntil(
    async () => {
      const answer = await call(node, 'PUT', '/users/me', guest, { addableBy: 'nobody' });
      return answer.status !== 503 && answer;
    },
    { interval: 20, timeout: 15_000 },
  );
const outcome = ({ status, body }: ApiAnswer) => (status < 300 ? status : `${status} ${body.code}`);

async function membershipsOfGuest(): Promise<number> {
  const rows = await nodes.one.database.query('select from conversation_members where user_id = $1', [
    guest.id,
  ]);
  return rows.length;
}

it('joining by an invite succeeds beside addableBy of nobody, and after its answer', async () => {
  for (const round of ROUNDS) {
    guest = await newUser();
    const invites = await Promise.all(
      [1, 2, 3].map(async () => {
        const id = await nodes.one.createConversation(owner);
        return (await call(round, 'POST', `/chat/conversations/${id}/invites`, owner, {})).body.token;
      }),
    );
    const join = (invite: string, n: number) => call(n, 'POST', `/chat/invites/${invite}/join`, guest);
    const [first = '', second = '', later = ''] = invites;
    const [set, ...joined] = await Promise.all([refuseAll(round), join(first, 0), join(second, 1)]);
    expect([set, ...joined, await join(later, round)].map(outcome)).toEqual([200, 200, 200, 200]);
    expect(await membershipsOfGuest()).toBe(3);
  }
});

/** Each adds the guest to a conversation that is new to it. */
const WAYS = {
  'creating a group': (node: number) =>
    call(node, 'POST', '/chat/conversations', owner, { memberIds: [guest.id] }),
  'adding to a group': (node: number) =>
    call(node, 'POST', `/chat/conversations/${groups.pop()}/members`, owner, { userId: guest.id }),
  'opening a direct conversation': async (node: number) =>
    call(node, 'PUT', `/chat/conversations/direct/${guest.id}`, await newUser()),
};

const waitsFor = (event: string) =>
  vi.waitUntil(async () => (await nodes.one.database.query(WAITING, [event])).length > 0, {
    interval: 5,
    timeout: 10_000,
  });

it.each(Object.entries(WAYS))(
  'setting addableBy to nobody waits for %s that was decided before it on another node, and refuses it afterwards',
  async (_, addGuest) => {
    await elsewhere.query('select pg_advisory_lock(1)');
    const adding = addGuest(0);
    await waitsFor('advisory');
    const setting = refuseAll(1);
    const first = await Promise.race([setting, waitsFor('transactionid')]);
    await elsewhere.query('select pg_advisory_unlock(1)');
    expect(first).toBe(true);
    expect(outcome(await setting)).toBe(200);
    expect(await membershipsOfGuest()).toBe(1);
    expect(outcome(await adding)).toBe(201);
    for (const node of [0, 1]) expect(outcome(await addGuest(node))).toBe('403 USER_NOT_REACHABLE');
    expect(await membershipsOfGuest()).toBe(1);
  },
);
