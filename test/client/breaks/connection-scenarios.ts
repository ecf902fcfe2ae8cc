import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { addMessages } from '../client-test.js';
import { expectWhole } from './expect-whole.js';
import { numbered } from './numbered.js';
import type { Person } from './person.js';
import { betweenTwo, meet, type Scenario } from './scenario.js';

/** @param most requests for conversations since they were cleared */
function expectRequests({ proxy }: Person, most: number): void {
  expect(proxy.requests.filter((line) => line.includes(' /chat/')).length).toBeLessThanOrEqual(most);
}

/** Breaks of the network. */
export const CONNECTION_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'offline while 500 are sent, some edited, deleted and reacted to, and a member is added': betweenTwo(
    async ({ ada, bob, id }, stage) => {
      const conversation = ada.client.conversation(id);
      const early = await conversation.send('before').settled;
      const carol = await stage.enter('Carol');
      bob.proxy.refuse();
      const sent = numbered('while offline', 500).map((text) => conversation.send(text).settled);
      const [first, second, third] = await Promise.all(sent);
      if (!first || !second || !third) throw new Error('nothing was sent');
      await conversation.edit(early.id, { content: 'before, edited' });
      await conversation.edit(first.id, { content: 'edited' });
      await conversation.react(second.id, '👍');
      await conversation.deleteMessage(third.id);
      await conversation.addMember(carol.id);
      bob.proxy.admit();
      return [
        'before, edited',
        'edited',
        ...numbered('while offline', 500).slice(1, 2),
        '',
        ...numbered('while offline', 500).slice(3),
      ];
    },
  ),

  '10,000 are missed: at most four requests': betweenTwo(async ({ ada, bob, id }, { database }) => {
    await ada.client.conversation(id).send('before').settled;
    bob.proxy.refuse();
    await bob.untilStatus('offline');
    await addMessages({ database }, id, ada.id, 10_000);
    bob.proxy.requests.length = 0;
    bob.proxy.admit();
    await ada.client.conversation(id).send('after').settled;
    await bob.untilStatus('online');
    expectRequests(bob, 4);
    return ['before', ...Array.from({ length: 10_000 }, (_, index) => `number ${index + 1}`), 'after'];
  }),

  'an acknowledgement is lost, and the message sent again': betweenTwo(async ({ ada, id }) => {
    ada.proxy.swallowAnswers();
    ada.say(id, numbered('unconfirmed', 3));
    await pause(200);
    ada.proxy.flow();
    return numbered('unconfirmed', 3);
  }),

  'events are lost, and acknowledgements come': betweenTwo(async ({ ada, bob, id }) => {
    bob.transport.loseEvents(3);
    ada.transport.loseEvents(2);
    ada.say(id, numbered('lost', 6));
    bob.say(id, numbered('answer', 6));
    return [...numbered('lost', 6), ...numbered('answer', 6)];
  }),

  'events of one conversation are swapped': betweenTwo(async ({ ada, bob, id }) => {
    bob.transport.swapEvents(true);
    ada.say(id, numbered('swapped', 20));
    bob.say(id, numbered('beside', 5));
    await pause(500);
    bob.transport.swapEvents(false);
    return [...numbered('swapped', 20), ...numbered('beside', 5)];
  }),

  'two nodes, whose events are swapped': async (stage) => {
    const other = await stage.startNode();
    const [ada, bob] = await Promise.all([stage.enter('Ada'), stage.enter('Bob', other)]);
    const id = await ada.createConversation(bob);
    await Promise.all([ada.open(id), bob.open(id)]);
    bob.transport.swapEvents(true);
    for (const person of [ada, bob]) person.say(id, numbered(person.name, 20));
    await pause(500);
    bob.transport.swapEvents(false);
    await expectWhole(stage, [ada, bob], id, [...numbered('Ada', 20), ...numbered('Bob', 20)]);
  },

  'the answer with a page is overtaken by events': betweenTwo(async ({ ada, bob, id }) => {
    const conversation = ada.client.conversation(id);
    const early = await conversation.send('before').settled;
    const { promise, resolve } = Promise.withResolvers<void>();
    bob.transport.delayAnswer('/messages', promise);
    const jump = bob.client.conversation(id).timeline.jumpTo(1);
    await conversation.edit(early.id, { content: 'edited' });
    await conversation.send('meanwhile').settled;
    await pause(200);
    resolve();
    await jump;
    return ['edited', 'meanwhile'];
  }),

  'the connection breaks while older messages are loaded': betweenTwo(
    async ({ ada, bob, id }, { database }) => {
      await addMessages({ database }, id, ada.id, 400);
      await ada.client.conversation(id).send('last').settled;
      const { timeline } = bob.client.conversation(id);
      await timeline.jumpTo('latest');
      const older = timeline.loadOlder();
      bob.proxy.cut();
      ada.say(id, ['meanwhile']);
      await older;
      await timeline.loadOlder();
      return [...Array.from({ length: 400 }, (_, index) => `number ${index + 1}`), 'last', 'meanwhile'];
    },
  ),

  'only polling gets through': async (stage) => {
    const { ada, bob, id } = await meet(stage);
    for (const { proxy } of [ada, bob]) {
      proxy.blockWebSockets();
      proxy.cut();
    }
    for (const person of [ada, bob]) person.say(id, numbered(person.name, 10));
    await expectWhole(stage, [ada, bob], id, [...numbered('Ada', 10), ...numbered('Bob', 10)]);
  },

  'the connection breaks every three seconds for a minute': betweenTwo(async ({ ada, bob, id }) => {
    const texts: string[] = [];
    for (let round = 1; round <= 20; round += 1) {
      for (const person of [ada, bob]) {
        const said = numbered(`${person.name} ${round}`, 5);
        person.say(id, said);
        texts.push(...said);
      }
      await pause(3_000);
      ada.proxy.cut();
      bob.proxy.cut();
    }
    return texts;
  }),

  'the answers stop in the midst of their bytes': betweenTwo(async ({ ada, bob, id }) => {
    for (let round = 1; round <= 10; round += 1) {
      ada.proxy.cutAfter(round * 150);
      bob.proxy.cutAfter(round * 170);
      ada.say(id, [`Ada ${round}`]);
      bob.say(id, [`Bob ${round}`]);
      await pause(150);
    }
    return [...numbered('Ada', 10), ...numbered('Bob', 10)];
  }),
};
