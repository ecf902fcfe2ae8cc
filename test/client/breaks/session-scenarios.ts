import { setTimeout as pause } from 'node:timers/promises';
import { isCauserieError, type KeyValueStorage, type LockProvider, memoryStorage } from '@causerie/client';
import { expect } from 'vitest';
import { expectWhole } from './expect-whole.js';
import { numbered } from './numbered.js';
import { Person } from './person.js';
import { betweenTwo, meet, type Scenario } from './scenario.js';
import { untilSnapshot } from './until-snapshot.js';

/** The lock of a tab that has died: nobody gets it. */
const DEAD_LOCKS: LockProvider = {
  withLock: async (_name, waitMs, work) => {
    await pause(waitMs);
    return work();
  },
};

function refuse(): never {
  throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
}

/** What has not been written anew is something else. */
function brokenStorage(): KeyValueStorage {
  const written = new Map<string, string | null>();
  return {
    get: (key) => (written.has(key) ? (written.get(key) ?? null) : '{"half": [1, 2'),
    set: (key, value) => void written.set(key, value),
    delete: (key) => void written.set(key, null),
  };
}

/** Breaks of sessions, tabs and storages. */
export const SESSION_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'the token expires while messages wait': betweenTwo(async ({ ada, id }) => {
    ada.proxy.refuse();
    ada.say(id, numbered('late', 20));
    // Longer than an access token is valid.
    await pause(31_000);
    ada.proxy.admit();
    return numbered('late', 20);
  }),

  'the answer to a refresh is lost, and twelve seconds pass': betweenTwo(async ({ ada, id }) => {
    ada.transport.loseAnswer('/auth/refresh');
    await pause(24_000);
    ada.proxy.refuse();
    await pause(12_000);
    ada.proxy.admit();
    ada.say(id, ['still here']);
    return ['still here'];
  }),

  'a dead tab holds the lock': async (stage) => {
    const { ada, bob, id } = await meet(stage);
    const tab = new Person('Ada', ada.account, ada.proxy, ada.storage, { locks: DEAD_LOCKS });
    await tab.client.session.restore();
    await tab.connect();
    await tab.open(id);
    await ada.client.close();
    await pause(31_000);
    tab.say(id, ['without the lock']);
    await expectWhole(stage, [tab, bob], id, ['without the lock']);
    await tab.client.close();
  },

  'one tab logs out while the other one sends': async (stage) => {
    const { ada, bob, id } = await meet(stage);
    const tab = await stage.enterAgain(ada);
    await tab.connect();
    const settled = numbered('to be lost', 20).map((text) => tab.client.conversation(id).send(text).settled);
    await ada.client.session.logout({ discard: true });
    for (const { client } of [ada, tab]) {
      await untilSnapshot('signed out', client.session.state, ({ status }) => status === 'signed-out');
      expect(client.outbox.getSnapshot()).toEqual([]);
    }
    await Promise.allSettled(settled);
    await ada.client.session.login(ada.account);
    await ada.open(id);
    // The server may still execute what was sent before the session ended.
    await ada.client.conversation(id).send('at the end').settled;
    const stored = await stage.database.query<{ content: string }>(
      'select content from messages where conversation_id = $1',
      [id],
    );
    await expectWhole(
      stage,
      [ada, bob],
      id,
      stored.map(({ content }) => content),
    );
  },

  'the session ends elsewhere, and another user signs in': async (stage) => {
    const { ada, bob, id } = await meet(stage);
    await ada.client.conversation(id).send('private').settled;
    const tab = await stage.enterAgain(ada);
    await tab.connect();
    const phone = await stage.enterAgain(ada, memoryStorage());
    await phone.client.session.login(ada.account);
    const { data } = await phone.client.session.listDevices();
    const begun = performance.now();
    await Promise.all(
      data.filter(({ current }) => !current).map((device) => phone.client.session.endDevice(device.id)),
    );
    for (const { client } of [ada, tab]) {
      await untilSnapshot('signed out', client.session.state, ({ status }) => status === 'signed-out');
      expect(performance.now() - begun).toBeLessThan(3_000);
    }
    await ada.client.session.signup({
      ...bob.account,
      email: `other-${bob.account.email}`,
      displayName: 'Eve',
    });
    await untilSnapshot('signed in', tab.client.session.state, ({ status }) => status === 'signed-in');
    for (const { client } of [ada, tab]) {
      await client.conversations.load();
      expect(client.conversations.getSnapshot().items).toEqual([]);
      expect(client.conversation(id).timeline.getSnapshot().items).toEqual([]);
      expect(client.conversation(id).summary.getSnapshot()).toBeNull();
    }
  },

  'one tab too many waits for another to close': async (stage) => {
    const { ada, bob, id } = await meet(stage);
    const tabs = await Promise.all(Array.from({ length: 19 }, () => stage.enterAgain(ada)));
    await Promise.all(tabs.map((tab) => tab.connect()));
    const last = await stage.enterAgain(ada);
    last.client.connect();
    await untilSnapshot(
      'the last one waits',
      last.client.connection,
      ({ status }) => status === 'offline' || status === 'refused',
    );
    await tabs[0]?.client.close();
    await last.untilStatus('online');
    await last.open(id);
    last.say(id, ['at last']);
    await expectWhole(stage, [last, ada, bob], id, ['at last']);
  },

  'a member is removed from the conversation that it looks at': async (stage) => {
    const { ada, bob, id } = await meet(stage);
    await ada.client.conversation(id).send('before').settled;
    bob.proxy.refuse();
    await bob.untilStatus('offline');
    const refusal = bob.client
      .conversation(id)
      .send('too late')
      .settled.catch((error: unknown) => error);
    await ada.client.conversation(id).removeMember(bob.id);
    await ada.client.conversation(id).send('after').settled;
    bob.proxy.admit();
    await bob.untilStatus('online');
    expect(isCauserieError(await refusal, 'NOT_CONVERSATION_MEMBER')).toBe(true);
    expect(bob.itemsOf(id)).toEqual([]);
    expect(bob.client.outbox.getSnapshot()).toEqual([]);
    await expectWhole(stage, [ada], id, ['before', 'after']);
  },

  'the page is loaded again with twenty unsent messages': async (stage) => {
    const { ada, bob, id } = await meet(stage);
    ada.proxy.refuse();
    await ada.untilStatus('offline');
    ada.say(id, numbered('kept', 20));
    // The last of them is written when the ones before it are.
    await untilSnapshot('all are kept', ada.client.outbox, (rows) => rows.length === 20);
    await pause(100);
    await ada.client.close();
    ada.proxy.admit();
    const again = await stage.enterAgain(ada);
    await again.connect();
    await again.open(id);
    await expectWhole(stage, [again, bob], id, numbered('kept', 20));
  },

  'the storage is full, forbidden, or holds something else': async (stage) => {
    const storages = [
      { get: () => null, set: refuse, delete: refuse },
      { get: refuse, set: refuse, delete: refuse },
      brokenStorage(),
    ];
    const { ada, bob, id } = await meet(stage);
    const people: Person[] = [];
    for (const storage of storages) {
      const person = await stage.enterAgain(ada, storage);
      await person.client.session.login(ada.account);
      await person.connect();
      await person.open(id);
      people.push(person);
    }
    people.forEach((person, index) => person.say(id, [`without storage ${index + 1}`]));
    await expectWhole(stage, [...people, bob], id, numbered('without storage', 3));
  },
};
