import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { draftEdit, type EditDraft } from '../../domain/models/edit-draft.model.js';
import { EditRules } from '../../domain/models/edit-rules.model.js';
import type { LockedMessage, MessageChange } from '../../domain/models/message-change.model.js';
import { changedExtras, type ExtrasChange } from '../../domain/models/message-extras.model.js';
import { textAsSent } from '../../domain/models/message.model.js';
import { requireRightToMentionAll } from '../../domain/services/mention.policy.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { requireAccess, requireMembership } from '../../domain/services/membership.policy.js';
import {
  requireMessage,
  requireOpenWindow,
  requireRev,
  requireRightToMessage,
  requireRightToSay,
  requireUndeleted,
} from '../../domain/services/message-change.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageChangePort } from '../ports/message-change.port.js';
import { MessageQuotaPort } from '../ports/message-quota.port.js';

/** Changes what a message says, whom it mentions and its metadata; what it has already changes nothing. */
export class EditMessageCommand extends Command<ReadMessage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly messageId: string,
    readonly edit: EditDraft,
    /** The `rev` of the message that the requester has seen; absent, the last edit wins. */
    readonly expectedRev?: number,
  ) {
    super();
  }
}

@CommandHandler(EditMessageCommand)
export class EditMessageHandler implements ICommandHandler<EditMessageCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: MessageChangePort,
    private readonly quota: MessageQuotaPort,
    private readonly rules: EditRules,
  ) {}

  async execute(command: EditMessageCommand): Promise<ReadMessage> {
    const { conversationId, requesterId, messageId } = command;
    const edit = draftEdit(command.edit);
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    const { content = '', ...extras } = edit;
    this.quota.takeMessage(requesterId, textAsSent({ content, extras }));
    return this.changes.change(conversationId, requesterId, messageId, (found) =>
      this.decide(found, edit, command),
    );
  }

  private async decide(
    found: LockedMessage,
    { content, ...given }: EditDraft,
    { requesterId, expectedRev }: EditMessageCommand,
  ): Promise<MessageChange | null> {
    const role = requireMembership(found.actorRole);
    const message = requireMessage(found.message);
    requireUndeleted(message);
    requireRightToMessage('editMessage', role, message, requesterId);
    requireOpenWindow(message, found.now, this.rules);
    requireRev(message, expectedRev);
    requireRightToSay(role, found);
    const extras = await this.changedByMembers(message, given);
    if (extras.mentionsAll) requireRightToMentionAll(role, found.conversation);
    const says = content !== undefined && content !== message.content;
    if (!says && Object.keys(extras).length === 0) return null;
    const keepsEarlier = this.rules.history !== 'off' && (says || extras.metadata !== undefined);
    return { kind: 'edited', content: content ?? message.content, keepsEarlier, extras };
  }

  /** Who is not a member is not mentioned, so that naming one again changes nothing. */
  private async changedByMembers(message: ReadMessage, given: ExtrasChange): Promise<ExtrasChange> {
    const changed = changedExtras(message, given);
    if (!changed.mentions) return changed;
    const members = await this.members.findMembersAmong(message.conversationId, changed.mentions);
    const mentions = changed.mentions.filter((id) => members.includes(id));
    return changedExtras(message, { ...changed, mentions });
  }
}
