import { join } from 'node:path';
import type { CauserieClient, Conversation, Login, Message, Tokens } from '@causerie/client';
import { expect } from 'vitest';
import { PER_FILE } from '../../support/api-test.js';
import { clientTest, online, until } from '../client-test.js';
import { writeBlocks } from './guide-blocks.js';

/** What the programs of the page export that are run here. */
interface Recipes {
  readonly backend: {
    readonly signIn: (causerie: string, login: Login) => Promise<Tokens>;
    readonly freshAccessToken: (
      causerie: string,
      session: { refreshToken: string; last: Promise<unknown> },
    ) => Promise<string>;
  };
  readonly adopt: {
    readonly openClient: (url: string, tokensOf: () => Promise<Tokens>) => Promise<CauserieClient>;
  };
  readonly token: {
    readonly openClient: (url: string, getToken: () => Promise<string>) => CauserieClient;
  };
  readonly threads: {
    readonly thank: (conversation: Conversation, message: Message) => Promise<Conversation>;
    readonly mentions: (client: CauserieClient) => Promise<readonly Message[]>;
    readonly unreadThreads: (client: CauserieClient) => Promise<readonly Conversation[]>;
  };
  readonly notifications: {
    readonly notify: (client: CauserieClient, show: (message: Message) => void) => () => void;
  };
}

const it = clientTest
  .extend('guide', PER_FILE, 'docs/client/recipes.md')
  .extend('folder', PER_FILE, ({ guide }, { onCleanup }) => {
    const { folder, remove } = writeBlocks(guide);
    onCleanup(remove);
    return folder;
  })
  .extend('recipe', PER_FILE, ({ folder }) => {
    return async <Name extends keyof Recipes>(name: Name): Promise<Recipes[Name]> =>
      (await import(join(folder, `${name}.ts`))) as Recipes[Name];
  });

const loginOf = ({ email }: { readonly email: string }): Login => ({
  email,
  password: 'correct horse battery',
});

it('a page that adopts the session of a backend is signed in', async ({ server, recipe, owner }) => {
  const { signIn } = await recipe('backend');
  const { openClient } = await recipe('adopt');
  const client = await openClient(server.url, () => signIn(server.url, loginOf(owner)));
  await until(client.connection, ({ status }) => status === 'online');
  expect(client.session.state.getSnapshot().user?.id).toBe(owner.id);
  await client.close();
});

it('a backend refreshes for ten pages at once, and keeps the session', async ({ server, recipe, owner }) => {
  const { signIn, freshAccessToken } = await recipe('backend');
  const { openClient } = await recipe('token');
  const { refreshToken } = await signIn(server.url, loginOf(owner));
  const session = { refreshToken, last: Promise.resolve() };
  const clients = Array.from({ length: 10 }, () =>
    openClient(server.url, () => freshAccessToken(server.url, session)),
  );
  for (const client of clients) await online(client);
  expect(await freshAccessToken(server.url, session)).toEqual(expect.any(String));
  await Promise.all(clients.map((client) => client.close()));
});

it('thanks, mentions and threads are where the page says', async ({
  server,
  recipe,
  clientOf,
  owner,
  member,
}) => {
  const { thank, mentions, unreadThreads } = await recipe('threads');
  const id = await server.createConversation(owner, [member]);
  const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
  const message = await ada.conversation(id).send('Here it is.').settled;
  const thread = await thank(bob.conversation(id), message);
  await ada.conversation(thread.id).follow();
  await thread.send('And one more thing.').settled;
  await expect
    .poll(() => mentions(ada))
    .toMatchObject([{ content: 'Thank you!', replyTo: { id: message.id } }]);
  expect((await unreadThreads(ada)).map((each) => each.id)).toEqual([thread.id]);
});

it('a user is told of the messages of others, unless that is not wanted', async ({
  server,
  recipe,
  clientOf,
  owner,
  member,
}) => {
  const { notify } = await recipe('notifications');
  const [loud, quiet] = [
    await server.createConversation(owner, [member]),
    await server.createConversation(owner, [member]),
  ];
  const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
  await ada.conversations.load();
  await ada.conversation(quiet).updateOwn({ notify: 'none' });
  const shown: string[] = [];
  const end = notify(ada, ({ content }) => void shown.push(content));
  await bob.conversation(quiet).send('nobody wants to know').settled;
  await ada.conversation(loud).send('my own').settled;
  await bob.conversation(loud).send('hello').settled;
  await expect.poll(() => shown).toEqual(['hello']);
  end();
});
