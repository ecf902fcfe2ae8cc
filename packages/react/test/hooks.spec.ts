import { createClient } from '@causerie/client';
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import * as states from '../src/initial-states.ts';
import * as api from '../src/public-api.ts';
import { HOOKS } from './hooks-page/hooks.ts';

const LIST = { status: 'idle', error: null, hasMore: true, items: [] };
/** What each hook gives on a server. */
const INITIAL: Readonly<Record<string, unknown>> = {
  useClient: 'function',
  useConnection: { status: 'idle' },
  useConversation: 'c1',
  useConversations: LIST,
  useDraft: '',
  useMembers: LIST,
  useObservable: 'idle',
  useOpenTimeline: 'function',
  useOutbox: [],
  usePresence: null,
  useRead: { lastReadSeq: 0, byUser: 0 },
  useSession: { status: 'unknown', user: null },
  useSummary: null,
  useTimeline: states.TIMELINE,
  useTotals: { conversations: 0, messages: 0, mentions: 0, threads: 0 },
  useTyping: 0,
  useUser: null,
  useVisit: { dividerSeq: null },
};

/** What a hook gives while it is rendered on a server. */
function renderHook(hook: (id: string) => unknown, client = createClient({ url: 'https://chat.example' })) {
  let given: unknown;
  const Part = (): ReactNode => {
    given = hook('c1');
    return null;
  };
  renderToString(createElement(api.CauserieProvider, { client }, createElement(Part)));
  return given;
}

it('every hook is rendered below', () => {
  const hooks = Object.keys(api).filter((name) => name.startsWith('use'));
  expect(Object.keys(HOOKS).toSorted()).toEqual(hooks.toSorted());
});

it.for(Object.entries(HOOKS))('%s is rendered on a server', ([name, hook]) => {
  expect(JSON.parse(JSON.stringify(renderHook(hook)))).toEqual(INITIAL[name]);
});

describe('what a server renders is what a client holds that has done nothing', () => {
  const client = createClient({ url: 'https://chat.example' });
  const conversation = client.conversation('c1');

  it.for([
    ['session', client.session.state, states.SESSION],
    ['connection', client.connection, states.CONNECTION],
    ['conversations', client.conversations, states.LIST],
    ['members', conversation.members, states.LIST],
    ['outbox', client.outbox, states.NONE],
    ['totals', client.totals, states.TOTALS],
    ['read', conversation.read, states.READ],
    ['typing', conversation.typing, states.NONE],
    ['timeline', conversation.timeline, states.TIMELINE],
    ['draft', conversation.draft, ''],
    ['summary', conversation.summary, null],
    ['profile', client.users.profile('u1'), null],
    ['presence', client.users.presence('u1'), null],
  ] as const)('%s', ([, observable, initial]) => {
    expect(observable.getSnapshot()).toEqual(initial);
  });
});

const Alone = (): ReactNode => api.useClient().connection.getSnapshot().status;

it('a hook without a provider says what is missing', () => {
  expect(() => renderToString(createElement(Alone))).toThrow('There is no <CauserieProvider>');
});

it('a conversation, its functions and its parts are the same for an id', () => {
  const client = createClient({ url: 'https://chat.example' });
  expect(renderHook(api.useConversation, client)).toBe(renderHook(api.useConversation, client));
  expect(renderHook((id) => api.useOpenTimeline(id), client)).toBe(client.conversation('c1').timeline);
});
