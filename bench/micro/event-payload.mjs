/* oxlint-disable no-console -- it prints what it measures */
/**
 * Microseconds to encode one `new_message`: the whole model, against the payload picked field by field, in alternation.
 *
 *   node --import @oxc-node/core/register bench/micro/event-payload.mjs [rounds]
 */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { encodeEvent } from '../../src/arch/common/interface/ws/engine/outgoing-packet.js';
import { messageCreated } from '../../src/arch/modules/chat/domain/events/chat-event.js';
import { chatEvents } from '../../src/arch/modules/chat/interface/ws/dto/chat-events.js';

const ROUNDS = Number(process.argv[2] ?? 25);
const EVENTS = 20_000;

const messages = Array.from({ length: 1_000 }, (_, index) => ({
  id: randomUUID(),
  conversationId: randomUUID(),
  senderId: randomUUID(),
  sender: { id: randomUUID(), displayName: 'Ada', avatarUrl: null },
  content: 'x'.repeat(100),
  createdAt: new Date(1_769_860_800_000 + index),
  seq: index + 1,
  rev: index + 1,
  clientMessageId: null,
  editedAt: null,
  deletedAt: null,
}));

const delivery = chatEvents.message_created;
/** @type {Record<string, (message: (typeof messages)[number]) => object>} */
const payloads = {
  model: (message) => message,
  picked: (message) => delivery.toPayload(messageCreated(message)),
};

/** @type {Record<string, number[]>} */
const spent = { model: [], picked: [] };
let bytes = 0;
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [way, payloadOf] of Object.entries(payloads)) {
    const start = performance.now();
    for (let index = 0; index < EVENTS; index += 1) {
      const message = messages[index % messages.length];
      if (message)
        bytes += encodeEvent('/chat', delivery.name, payloadOf(message), undefined).encoded[0]?.length ?? 0;
    }
    // The first round only warms up.
    if (round > 0) spent[way]?.push(((performance.now() - start) * 1_000) / EVENTS);
  }
}

for (const [way, times] of Object.entries(spent)) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (/** @type {number} */ share) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(1);
  console.log(`${way}: median ${at(0.5)} µs [${at(0.1)}–${at(0.9)}]`);
}
console.log(`${bytes} bytes`);
