import { setTimeout as pause } from 'node:timers/promises';
import { expectWhole } from './expect-whole.js';
import { numbered } from './numbered.js';
import { meet, type Scenario } from './scenario.js';

/** Breaks of the server. */
export const SERVER_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'the server is killed with twenty messages in the queue': async (stage) => {
    const node = await stage.startNode();
    const { ada, bob, id } = await meet(stage, node);
    ada.say(id, numbered('queued', 20));
    await node.stop('SIGKILL');
    const next = await stage.startNode();
    for (const { proxy } of [ada, bob]) proxy.leadTo(next.url);
    await expectWhole(stage, [ada, bob], id, numbered('queued', 20));
  },

  'the server stops in order while messages are sent': async (stage) => {
    const node = await stage.startNode();
    const { ada, bob, id } = await meet(stage, node);
    ada.say(id, numbered('queued', 20));
    const [next] = await Promise.all([stage.startNode(), node.stop('SIGTERM')]);
    for (const { proxy } of [ada, bob]) proxy.leadTo(next.url);
    bob.say(id, numbered('answer', 5));
    await expectWhole(stage, [ada, bob], id, [...numbered('queued', 20), ...numbered('answer', 5)]);
  },

  'the server stands still for forty seconds': async (stage) => {
    const node = await stage.startNode();
    const { ada, bob, id } = await meet(stage, node);
    node.child.kill('SIGSTOP');
    ada.say(id, numbered('unheard', 5));
    await pause(40_000);
    node.child.kill('SIGCONT');
    bob.say(id, numbered('answer', 5));
    await expectWhole(stage, [ada, bob], id, [...numbered('unheard', 5), ...numbered('answer', 5)]);
  },

  'two hundred messages meet a rate limit': async (stage) => {
    const node = await stage.startNode({ THROTTLE_WS_LIMIT: '20' });
    const { ada, bob, id } = await meet(stage, node);
    ada.proxy.refuse();
    await ada.untilStatus('offline');
    ada.say(id, numbered('many', 200));
    ada.proxy.admit();
    await expectWhole(stage, [ada, bob], id, numbered('many', 200));
  },
};
