import type { Message } from '../../domain/models/message.model.js';
import { isThreadId, type ParentPosition } from '../../domain/models/thread.model.js';
import {
  type OutcomeRow,
  type RootRow,
  toRoot,
  toSentMessage,
} from '../statements/message-batch.statement.js';
import type { PendingMessage } from './pending-write.js';

/** @param rows those of the messages, and behind them those of the threads' roots */
export function answerAll(
  messages: readonly PendingMessage[],
  rows: readonly (OutcomeRow | RootRow)[],
): void {
  const outcomes = messages.map((message, index) => [message, rows[index] as OutcomeRow] as const);
  if (rows.length === messages.length) for (const outcome of outcomes) answer(...outcome);
  else answerWithRoots(outcomes, rows.slice(messages.length) as RootRow[]);
}

const isReply = ({ draft }: PendingMessage) => isThreadId(draft.conversationId);

/** Replies come last: a root's `rev` is later than those of all messages of the parent in the batch. */
function answerWithRoots(
  outcomes: readonly (readonly [PendingMessage, OutcomeRow])[],
  rows: readonly RootRow[],
): void {
  const stored = outcomes.filter(([, { outcome }]) => outcome === 'stored');
  const newest = new Map(stored.map(([message]) => [message.draft.conversationId, message]));
  const roots = new Map(rows.map(toRoot).map((root) => [root.thread?.id, root]));
  for (const [message, row] of outcomes) if (!isReply(message)) answer(message, row);
  for (const [message, row] of outcomes) {
    const { conversationId } = message.draft;
    const root = roots.get(conversationId);
    if (isReply(message)) answer(message, row, root, newest.get(conversationId) === message);
  }
}

/**
 * @param root of a stored reply
 * @param isNewest whether it is the newest reply of the root
 */
function answer(
  { draft, resolve, reject }: PendingMessage,
  row: OutcomeRow,
  root?: Message,
  isNewest = false,
): void {
  try {
    const sent = toSentMessage(draft, row);
    resolve(root ? { ...sent, parent: placeBefore(root), ...(isNewest && { root }) } : sent);
  } catch (error) {
    reject(error);
  }
}

/** What has come before a reply in the parent: all changes before that of its root. */
export function placeBefore({ conversationId, rev }: Message): ParentPosition {
  return { conversationId, rev: rev - 1 };
}
