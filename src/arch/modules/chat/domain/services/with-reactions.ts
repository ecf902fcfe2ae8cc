import { MessageNotFoundError } from '../errors/message-not-found.error.js';
import type { Message } from '../models/message.model.js';
import type { ReactionDraft } from '../models/reaction.model.js';
import type { ReactedMessage, ReactionOutcome, StoredReactions } from '../models/stored-reactions.model.js';
import type { ReactionDecisions } from './reaction-decisions.js';
import { shownFrom } from './shown-message.js';

/**
 * What came of reactions that were decided on together and stored.
 * @param refusals for each draft; undefined where there is none
 * @param messages as they are now, in the order of `rev`
 */
export function withReactions(
  drafts: readonly ReactionDraft[],
  refusals: readonly unknown[],
  messages: readonly Message[],
  decisions: ReactionDecisions,
): StoredReactions {
  const byId = new Map(messages.map((message) => [message.id, message]));
  return {
    outcomes: drafts.map((draft, index) =>
      refusals[index] === undefined
        ? toOutcome(byId.get(draft.messageId), draft, decisions)
        : { refusal: refusals[index] },
    ),
    reacted: messages
      .map((message) => toReacted(message, decisions))
      .filter(({ changes }) => changes.length > 0),
  };
}

function toOutcome(
  message: Message | undefined,
  { actorId }: ReactionDraft,
  decisions: ReactionDecisions,
): ReactionOutcome {
  if (!message) return { refusal: new MessageNotFoundError() };
  const own = decisions.ownOf(message.id, actorId);
  const shown = shownFrom(message, decisions.visibleFrom(actorId));
  return { message: own.length > 0 ? { ...shown, ownReactions: own } : shown };
}

function toReacted(message: Message, decisions: ReactionDecisions): ReactedMessage {
  const changes = decisions.changes.filter(({ messageId }) => messageId === message.id);
  const users = [...new Set(changes.map(({ userId }) => userId))];
  const { id: messageId, rev } = message;
  const own = users.map((userId) => ({ userId, messageId, rev, emojis: decisions.ownOf(messageId, userId) }));
  return { message, isCurrent: true, changes, own };
}
