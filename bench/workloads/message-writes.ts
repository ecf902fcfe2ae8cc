import type { Contestant } from '../contestants/contestant.js';
import { HttpConnection } from '../generator/http-connection.js';
import { planRooms, type Room, type User } from '../setup/population.js';
import { compareWrites } from './compare-writes.js';
import type { Workload } from './workload.js';

const TEXT = 'The quick brown fox jumps over the lazy dog, again and again.';

/** A room with a message that is edited, replied to, and has a thread. */
interface Place {
  readonly path: string;
  readonly sender: User;
  readonly messageId: string;
  readonly threadPath: string;
}

export const messageWrites: Workload = {
  name: 'message-writes',
  title: 'Edits, replies and replies in threads, 32 connections, to plain messages',
  withoutBaseline: true,
  run: async (context) => {
    const rooms = planRooms(context.users, context.options.quick ? 50 : 500, 2);
    const places = await preparePlaces(context.contestants[0], rooms);
    const at = (number: number): Place => {
      const place = places[number % places.length];
      if (!place) throw new Error('There is no room.');
      return place;
    };
    const { ratios, details } = await compareWrites(context, [
      {
        name: 'plain message',
        send: async (connection, number) => {
          const { path, sender } = at(number);
          requireStatus(201, await connection.post(path, sender.token, JSON.stringify({ content: TEXT })));
        },
      },
      {
        name: 'edit',
        send: async (connection, number) => {
          const { path, sender, messageId } = at(number);
          const body = JSON.stringify({ content: `${TEXT} ${number}` });
          requireStatus(200, await connection.patch(`${path}/${messageId}`, sender.token, body));
        },
      },
      {
        name: 'reply with a mention',
        send: async (connection, number) => {
          const { path, sender, messageId } = at(number);
          const body = JSON.stringify({ content: TEXT, replyToId: messageId, mentions: [sender.id] });
          requireStatus(201, await connection.post(path, sender.token, body));
        },
      },
      {
        name: 'reply in a thread',
        send: async (connection, number) => {
          const { threadPath, sender } = at(number);
          requireStatus(
            201,
            await connection.post(threadPath, sender.token, JSON.stringify({ content: TEXT })),
          );
        },
      },
    ]);
    const goals = [
      ['edits/s', 0.05],
      ['replies with a mention/s', 0.5],
      ['replies in threads/s', 0.4],
    ] as const;
    return {
      figures: goals.flatMap(([name, atLeast], index) => {
        const estimate = ratios[index];
        return estimate ? [{ name, unit: 'ratio' as const, goal: { atLeast }, estimate }] : [];
      }),
      details,
      violations: [],
    };
  },
};

async function preparePlaces(contestant: Contestant, rooms: readonly Room[]): Promise<Place[]> {
  await contestant.addRooms(rooms);
  const connection = await HttpConnection.open(contestant.server.url);
  const places: Place[] = [];
  for (const { id, members } of rooms) {
    const [sender] = members;
    if (!sender) throw new Error('There is no member.');
    const path = `/chat/conversations/${id}/messages`;
    const sent = requireStatus(201, await connection.post(path, sender.token, '{"content":"Hello!"}'));
    const thread = requireStatus(201, await connection.put(`${path}/${sent.id}/thread`, sender.token));
    places.push({
      path,
      sender,
      messageId: sent.id,
      threadPath: `/chat/conversations/${thread.id}/messages`,
    });
  }
  connection.close();
  return places;
}

function requireStatus(
  expected: number,
  { status, body }: { readonly status: number; readonly body: string },
): { readonly id: string } {
  if (status !== expected) throw new Error(`A write was answered ${status}: ${body}`);
  return JSON.parse(body) as { readonly id: string };
}
