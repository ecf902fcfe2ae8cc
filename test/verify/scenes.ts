import { Random } from '../../verify/random.ts';
import type { OpenStream } from '../../verify/recorder.ts';
import { type ChangeableHistory, Scene } from './scene.js';

export const ANNA = 0;
export const BERT = 1;
export const STRANGER = 2;
export const CLEO = 2;
export const DORA = 3;

/**
 * Anna and Bert are members of both rooms and listen to room 0. Its messages, by place: 0 is Anna's, acknowledged
 * before Bert begins 1; then Anna sends 2 and 3 on one connection without waiting; 4 is Bert's, tried twice; 5 Anna's,
 * whose answer is lost; 6 Bert's.
 */
export function smallHistory(): ChangeableHistory {
  const scene = new Scene(
    ['Anna', 'Bert', 'a stranger'],
    [
      [ANNA, BERT],
      [ANNA, BERT],
    ],
  );
  const anna = scene.connect(ANNA);
  const bert = scene.connect(BERT);
  scene.join(ANNA, anna, 0);
  scene.join(BERT, bert, 0);
  scene.send(ANNA, 0, anna);
  scene.send(BERT, 0);
  const burst = [scene.begin(scene.draft(ANNA, 0), anna), scene.begin(scene.draft(ANNA, 0), anna)];
  for (const answer of burst) answer();
  const twice = scene.draft(BERT, 0);
  scene.begin(twice, bert)();
  scene.begin(twice)();
  scene.begin(scene.draft(ANNA, 0, false), anna)(false);
  scene.send(BERT, 0, bert);
  scene.send(ANNA, 1);
  return scene.end();
}

/** Members who send, retry, lose answers and connections, join and leave, as the random seed decides. */
export function randomHistory(seed: number, steps: number): ChangeableHistory {
  const random = new Random(seed);
  const scene = new Scene(['0', '1', '2', '3'], [[0, 1, 2], [1, 2, 3], [3]]);
  const rooms = [[0], [0, 1], [0, 1], [1, 2]];
  const connections = rooms.map((_, client) => scene.connect(client));
  const streams = new Map<string, OpenStream>();
  for (let step = 0; step < steps; step += 1) {
    const client = random.integer(0, 3);
    const room = random.pick(rooms[client] ?? []);
    const key = `${client} ${room}`;
    const stream = streams.get(key);
    if (random.chance(0.2)) {
      if (stream) scene.leave(stream);
      if (stream && random.chance(0.5)) {
        scene.disconnect(connections[client] ?? 0);
        connections[client] = scene.connect(client);
      }
      streams.set(key, scene.join(client, connections[client] ?? 0, room, random.chance(0.9)));
      continue;
    }
    if (random.chance(0.1)) {
      scene.readHead(client, room);
      scene.mark(client, room, random.integer(0, scene.endOf(room)), random.chance(0.8));
      scene.catchUp(client, room, random.integer(0, 5));
      continue;
    }
    const newcomer = random.integer(0, 3);
    if (random.chance(0.05) && !rooms[newcomer]?.includes(room)) {
      scene.add(newcomer, room);
      rooms[newcomer]?.push(room);
      continue;
    }
    const sends = Array.from({ length: random.integer(1, 4) }, () => scene.draft(client, room));
    const answers = sends.map((send) =>
      scene.begin(send, random.chance(0.7) ? (connections[client] ?? 0) : 0),
    );
    for (const answer of answers) answer(random.chance(0.8));
    for (const send of sends.filter(() => random.chance(0.5))) scene.begin(send)();
  }
  return scene.end();
}

/**
 * Anna and Bert write in a room to which both listen. By `rev`: 1 is Anna's message, 2 Bert's, 3 adds Cleo, who
 * listens from then on, 4 is Anna's message. Bert marks `seq` 3 as read. Dora is a member of another room, and is
 * added to none.
 */
export function roomWithNewcomer(): ChangeableHistory {
  const scene = new Scene(['Anna', 'Bert', 'Cleo', 'Dora'], [[ANNA, BERT], [DORA]]);
  const [anna, bert, cleo] = [scene.connect(ANNA), scene.connect(BERT), scene.connect(CLEO)];
  scene.join(ANNA, anna, 0);
  scene.join(BERT, bert, 0);
  scene.send(ANNA, 0, anna);
  scene.catchUp(ANNA, 0, 0);
  scene.send(BERT, 0, bert);
  scene.add(CLEO, 0);
  scene.catchUp(ANNA, 0, 2);
  scene.catchUp(BERT, 0, 3);
  scene.join(CLEO, cleo, 0);
  scene.readHead(CLEO, 0);
  scene.send(ANNA, 0, anna);
  scene.readHead(BERT, 0);
  scene.mark(BERT, 0, 3);
  scene.readHead(BERT, 0);
  return scene.end();
}
