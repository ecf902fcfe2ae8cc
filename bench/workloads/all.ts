import { bigRoom } from './big-room.js';
import { conversationList } from './conversation-list.js';
import { fanOut } from './fan-out.js';
import { halfLoad } from './half-load.js';
import { history } from './history.js';
import { httpPost } from './http-post.js';
import { memory } from './memory.js';
import { messageWrites } from './message-writes.js';
import { reactions } from './reactions.js';
import { hotRoom, rooms } from './rooms.js';
import type { Workload } from './workload.js';

/** All workloads, in the order in which they run. */
export const WORKLOADS: readonly Workload[] = [
  // Runs first: the rooms of the other workloads would be active conversations of other users in the list's tables.
  conversationList,
  rooms,
  hotRoom,
  bigRoom,
  fanOut,
  halfLoad,
  httpPost,
  history,
  messageWrites,
  reactions,
  memory,
];
