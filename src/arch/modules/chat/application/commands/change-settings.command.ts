import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { settingsChange } from '../../domain/models/conversation-change.model.js';
import {
  changedSettings,
  draftSettings,
  type SettingsDraft,
} from '../../domain/models/settings-draft.model.js';
import { requireAccess, requireMembership } from '../../domain/services/membership.policy.js';
import { requireRightToChangeSettings } from '../../domain/services/settings.policy.js';
import { ConversationChangePort } from '../ports/conversation-change.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Changes the settings of a conversation; present values change nothing. */
export class ChangeSettingsCommand extends Command<void> {
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

  async execute({ conversationId, requesterId, settings }: ChangeSettingsCommand): Promise<void> {
    const draft = draftSettings(settings);
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    await this.changes.change(conversationId, requesterId, ({ conversation, actorRole }) => {
      requireRightToChangeSettings(requireMembership(actorRole), conversation, draft);
      const changed = changedSettings(conversation, draft);
      return Object.keys(changed).length > 0 ? [settingsChange(changed)] : [];
    });
  }
}
