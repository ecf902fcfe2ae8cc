// A bot that answers each message once, also when it is killed and started again: what it has handled is kept in a file.
//   CAUSERIE_URL=… BOT_EMAIL=… BOT_PASSWORD=… node examples/bot.ts bot.json
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createClient, type KeyValueStorage, limits } from '@causerie/client';

const {
  CAUSERIE_URL: url = 'http://localhost:3000',
  BOT_EMAIL: email = '',
  BOT_PASSWORD: password = '',
} = process.env;
const [file = 'bot.json'] = process.argv.slice(2);

/** Everything in one file, which is replaced as a whole, so that a crash leaves the old or the new one. */
function fileStorage(): KeyValueStorage {
  const known: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const values = new Map(Object.entries(known as Record<string, string>));
  function save(): void {
    writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(values)), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return {
    get: (key) => values.get(key) ?? null,
    set(key, value) {
      values.set(key, value);
      save();
    },
    delete(key) {
      if (values.delete(key)) save();
    },
  };
}

const client = createClient({ url, storage: fileStorage() });
const { session } = client;
await session.restore();
const user = session.state.getSnapshot().user ?? (await session.login({ email, password }));

client.on('message', async ({ conversationId, message, isNew }) => {
  if (!isNew || message.deletedAt || message.senderId === user.id) return;
  const answer = `${message.sender.displayName}, you said: ${message.content}`;
  await client.conversation(conversationId).send({
    content: Array.from(answer).slice(0, limits.content.max).join(''),
    // The same whenever it is sent again: a crash between the answer and the note of it stores no second answer.
    clientMessageId: `bot-${message.id}`,
  }).settled;
  console.log(`answered ${message.content}`);
});
client.connection.subscribe(() => console.log(client.connection.getSnapshot().status));
client.connect();
