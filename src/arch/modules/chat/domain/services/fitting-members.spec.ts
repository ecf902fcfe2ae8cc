import { expect, it } from 'vitest';
import { jsonBytes } from '../../../../common/domain/fitting-rows.js';
import { EXCERPT_MAX } from '../models/message-details.model.js';
import { MENTIONS_MAX } from '../models/message-extras.model.js';
import { CONTENT_MAX } from '../models/message.model.js';
import {
  OWN_REACTIONS_MAX,
  REACTION_KINDS_MAX,
  REACTION_USERS_SHOWN,
  toReactionKind,
} from '../models/reaction.model.js';
import type { ReadMessage } from '../models/read-message.model.js';
import { ROOM_FOR_ROWS } from './fitting-members.js';

const ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Six bytes of JSON. */
const LONG = '\u0001';
/** As long as one can be, in all that it may have. */
const EMOJI = '\u{1f44d}\ufe0f'.repeat(32);

it('every page of changes has room for the longest message beside the members', () => {
  expect(toReactionKind(EMOJI).emoji).toBe(EMOJI);
  const message: ReadMessage = {
    id: ID,
    conversationId: ID,
    senderId: ID,
    sender: { id: ID, displayName: LONG.repeat(80), avatarUrl: 'x'.repeat(200) },
    content: LONG.repeat(CONTENT_MAX),
    createdAt: new Date(),
    seq: Number.MAX_SAFE_INTEGER,
    rev: Number.MAX_SAFE_INTEGER,
    clientMessageId: 'x'.repeat(64),
    editedAt: new Date(),
    deletedAt: new Date(),
    replyTo: {
      id: ID,
      seq: Number.MAX_SAFE_INTEGER,
      senderId: ID,
      excerpt: LONG.repeat(EXCERPT_MAX),
      deletedAt: new Date(),
    },
    mentions: Array.from({ length: MENTIONS_MAX }, () => ID),
    mentionsAll: true,
    reactions: Array.from({ length: REACTION_KINDS_MAX }, () => ({
      emoji: EMOJI,
      count: 5_000,
      userIds: Array.from({ length: REACTION_USERS_SHOWN }, () => ID),
    })),
    pinnedAt: new Date(),
    pinnedBy: ID,
    deletedBy: ID,
    metadata: { text: 'x'.repeat(4_096) },
    ownReactions: Array.from({ length: OWN_REACTIONS_MAX }, () => EMOJI),
  };
  expect(jsonBytes(message)).toBeLessThan(ROOM_FOR_ROWS);
  // The field names of the answer are in the model, too.
  expect(jsonBytes(message)).toBeGreaterThan(ROOM_FOR_ROWS / 2);
});
