import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ConversationDetail } from '../../domain/models/conversation-detail.model.js';
import { settingsChange } from '../../domain/models/conversation-change.model.js';
import {
  changedSettings,
  draftSettings,
  type SettingsDraft,
} from '../../domain/models/settings-draft.model.js';
import { requireMembership } from '../../domain/services/membership.policy.js';
import { requireRightToChangeSettings } from '../../domain/services/settings.policy.js';
import { requireAccessUnlessThread } from '../../domain/services/thread.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { readDetail } from '../read-detail.js';

/** Changes the settings of a conversation; present values change nothing. */
export class ChangeSettingsCommand extends Command<ConversationDetail> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly settings: SettingsDraft,
  ) {
    super();
  }
}

@CommandHandler(ChangeSettingsCommand)
export class ChangeSettingsHandler implements ICommandHandler<ChangeSettingsCommand> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationChangePort,
  ) {}

  /** Answers what was stored: its author may be removed before it is read again. */
  async execute({
    conversationId,
    requesterId,
    settings,
  }: ChangeSettingsCommand): Promise<ConversationDetail> {
    const draft = draftSettings(settings);
    await requireAccessUnlessThread(conversationId, requesterId, this.conversations, this.members);
    const details: ConversationDetail[] = [];
    const [stored] = await this.changes.change(conversationId, requesterId, async (found) => {
      requireRightToChangeSettings(requireMembership(found.actorRole), found, draft);
      details.push(await readDetail(conversationId, requesterId, this.members));
      const changed = changedSettings(found.conversation, draft);
      return Object.keys(changed).length > 0 ? [settingsChange(changed)] : [];
    });
    return { ...(details.at(-1) as ConversationDetail), ...stored?.result.conversation };
  }
}
