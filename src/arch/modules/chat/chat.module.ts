import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../common/application/ports/database-epoch.port.js';
import { RoomEmitterPort } from '../../common/application/ports/room-emitter.port.js';
import { VisibilityReports } from '../../common/application/visibility-reports.js';
import { AppConfig } from '../../common/infrastructure/config/app-config.js';
import { Database } from '../../common/infrastructure/database/database.js';
import { UserModule } from '../user/user.module.js';
import { AddConversationMemberHandler } from './application/commands/add-conversation-member.command.js';
import { BanMemberHandler } from './application/commands/ban-member.command.js';
import { ChangeRoleHandler } from './application/commands/change-role.command.js';
import { ChangeSettingsHandler } from './application/commands/change-settings.command.js';
import { ChangeOwnMembershipHandler } from './application/commands/change-own-membership.command.js';
import { ClearHistoryHandler } from './application/commands/clear-history.command.js';
import { CreateConversationHandler } from './application/commands/create-conversation.command.js';
import { DeleteMessageHandler } from './application/commands/delete-message.command.js';
import { EditMessageHandler } from './application/commands/edit-message.command.js';
import { OpenThreadHandler } from './application/commands/open-thread.command.js';
import { SetPinHandler } from './application/commands/set-pin.command.js';
import { DeleteConversationHandler } from './application/commands/delete-conversation.command.js';
import { CreateInviteHandler } from './application/commands/create-invite.command.js';
import { RevokeInviteHandler } from './application/commands/revoke-invite.command.js';
import { JoinByInviteHandler } from './application/commands/join-by-invite.command.js';
import { InviteRepositoryPort } from './application/ports/invite-repository.port.js';
import { GetInviteHandler } from './application/queries/get-invite.query.js';
import { ListInvitesHandler } from './application/queries/list-invites.query.js';
import { InviteRepositoryAdapter } from './infrastructure/adapters/invite-repository.adapter.js';
import { InvitesController } from './interface/http/invites.controller.js';
import { InviteLinkController } from './interface/http/invite-link.controller.js';
import { SetFollowingHandler } from './application/commands/set-following.command.js';
import { ListFollowedThreadsHandler } from './application/queries/list-followed-threads.query.js';
import { ListThreadsHandler } from './application/queries/list-threads.query.js';
import { ThreadFollowersPort } from './application/ports/thread-followers.port.js';
import { MarkReadHandler } from './application/commands/mark-read.command.js';
import { RemoveMemberHandler } from './application/commands/remove-member.command.js';
import { SendMessageHandler } from './application/commands/send-message.command.js';
import { SignalTypingHandler } from './application/commands/signal-typing.command.js';
import { BanRepositoryPort } from './application/ports/ban-repository.port.js';
import { UnbanMemberHandler } from './application/commands/unban-member.command.js';
import { AcquaintancePort } from './application/ports/acquaintance.port.js';
import { OpenDirectConversationHandler } from './application/commands/open-direct-conversation.command.js';
import { SetBlockHandler } from './application/commands/set-block.command.js';
import { BlockRepositoryPort } from './application/ports/block-repository.port.js';
import { ChatDataPort } from './application/ports/chat-data.port.js';
import { ChatExportPort } from './application/ports/chat-export.port.js';
import { ChatPublisherPort } from './application/ports/chat-publisher.port.js';
import { ConversationChangePort } from './application/ports/conversation-change.port.js';
import { ConversationCatchUpPort } from './application/ports/conversation-catch-up.port.js';
import { ConversationHeadsPort } from './application/ports/conversation-heads.port.js';
import { ConversationMemberRepositoryPort } from './application/ports/conversation-member-repository.port.js';
import { ConversationQuotaPort } from './application/ports/conversation-quota.port.js';
import { ConversationRepositoryPort } from './application/ports/conversation-repository.port.js';
import { DirectConversationRepositoryPort } from './application/ports/direct-conversation-repository.port.js';
import { MessageChangePort } from './application/ports/message-change.port.js';
import { MessagePinsPort } from './application/ports/message-pins.port.js';
import { MessageVersionsPort } from './application/ports/message-versions.port.js';
import { MentionsPort } from './application/ports/mentions.port.js';
import { MessageQuotaPort } from './application/ports/message-quota.port.js';
import { MessageReactionsPort } from './application/ports/message-reactions.port.js';
import { MessageReadersPort } from './application/ports/message-readers.port.js';
import { MovedPositionsPort } from './application/ports/moved-positions.port.js';
import { ProfilePublisherPort } from './application/ports/profile-publisher.port.js';
import { ProfileAudiencePort } from './application/ports/profile-audience.port.js';
import { ReachPort } from './application/ports/reach.port.js';
import { MessageRepositoryPort } from './application/ports/message-repository.port.js';
import { ThreadRepositoryPort } from './application/ports/thread-repository.port.js';
import { TimelinePort } from './application/ports/timeline.port.js';
import { OwnMembershipPort } from './application/ports/own-membership.port.js';
import { GetConversationByIdHandler } from './application/queries/get-conversation-by-id.query.js';
import { GetConversationHeadHandler } from './application/queries/get-conversation-head.query.js';
import { ListBansHandler } from './application/queries/list-bans.query.js';
import { GetMessageHandler } from './application/queries/get-message.query.js';
import { ListPinsHandler } from './application/queries/list-pins.query.js';
import { ListVersionsHandler } from './application/queries/list-versions.query.js';
import { GetReadReceiptsHandler } from './application/queries/get-read-receipts.query.js';
import { GetUnreadTotalHandler } from './application/queries/get-unread-total.query.js';
import { ListBlockedUsersHandler } from './application/queries/list-blocked-users.query.js';
import { ListMentionsHandler } from './application/queries/list-mentions.query.js';
import { ListChangesHandler } from './application/queries/list-changes.query.js';
import { ListConversationHeadsHandler } from './application/queries/list-conversation-heads.query.js';
import { ListMembersHandler } from './application/queries/list-members.query.js';
import { ListMessageWindowHandler } from './application/queries/list-message-window.query.js';
import { ListMessagesHandler } from './application/queries/list-messages.query.js';
import { SetReactionHandler } from './application/commands/set-reaction.command.js';
import { ListReactionsHandler } from './application/queries/list-reactions.query.js';
import { ListReadersHandler } from './application/queries/list-readers.query.js';
import { ListMyConversationsHandler } from './application/queries/list-my-conversations.query.js';
import { ListSeveralChangesHandler } from './application/queries/list-several-changes.query.js';
import { ListTimelineHandler } from './application/queries/list-timeline.query.js';
import { ListRecentConversationsHandler } from './application/queries/list-recent-conversations.query.js';
import { EditRules } from './domain/models/edit-rules.model.js';
import { AccountDeparture } from './application/account-departure.js';
import { MembershipEnd } from './application/membership-end.js';
import { ProfileUpdates } from './application/profile-updates.js';
import { ReadReceiptChanges } from './application/read-receipt-changes.js';
import { ChatData } from './application/chat-data.js';
import { AcquaintanceAdapter } from './infrastructure/adapters/acquaintance.adapter.js';
import { BlockRepositoryAdapter } from './infrastructure/adapters/block-repository.adapter.js';
import { ProfilePublisherAdapter } from './infrastructure/adapters/profile-publisher.adapter.js';
import { ProfileAudienceReader } from './infrastructure/adapters/profile-audience.reader.js';
import { ReachReader } from './infrastructure/adapters/reach.reader.js';
import { ChatExportAdapter } from './infrastructure/adapters/chat-export.adapter.js';
import { BanRepositoryAdapter } from './infrastructure/adapters/ban-repository.adapter.js';
import { ChatPublisherAdapter } from './infrastructure/adapters/chat-publisher.adapter.js';
import { ConversationChangeAdapter } from './infrastructure/adapters/conversation-change.adapter.js';
import { ConversationCatchUpReader } from './infrastructure/adapters/conversation-catch-up.reader.js';
import { ConversationHeadsReader } from './infrastructure/adapters/conversation-heads.reader.js';
import { ConversationListReader } from './infrastructure/statements/conversation-list.reader.js';
import { ConversationMemberRepositoryAdapter } from './infrastructure/adapters/conversation-member-repository.adapter.js';
import { ConversationQuotaAdapter } from './infrastructure/adapters/conversation-quota.adapter.js';
import { ConversationRepositoryAdapter } from './infrastructure/adapters/conversation-repository.adapter.js';
import { ConversationWriter } from './infrastructure/writing/conversation-writer.js';
import { ConversationSweeps } from './infrastructure/sweeps/conversation-sweeps.js';
import { DirectConversationRepositoryAdapter } from './infrastructure/adapters/direct-conversation-repository.adapter.js';
import { DirectIntroductions } from './infrastructure/live/direct-introductions.js';
import { JoinedRooms } from './infrastructure/live/joined-rooms.js';
import { RoomEvictions } from './infrastructure/live/room-evictions.js';
import { MessageChangeAdapter } from './infrastructure/adapters/message-change.adapter.js';
import { MessagePinsReader } from './infrastructure/adapters/message-pins.reader.js';
import { MessageVersionsReader } from './infrastructure/adapters/message-versions.reader.js';
import { ThreadFollowersAdapter } from './infrastructure/adapters/thread-followers.adapter.js';
import { MentionsAdapter } from './infrastructure/adapters/mentions.adapter.js';
import { MessageQuotaAdapter } from './infrastructure/adapters/message-quota.adapter.js';
import { MessageReactionsAdapter } from './infrastructure/adapters/message-reactions.adapter.js';
import { MessageReadersReader } from './infrastructure/adapters/message-readers.reader.js';
import { MovedPositionsReader } from './infrastructure/adapters/moved-positions.reader.js';
import { MessageRepositoryAdapter } from './infrastructure/adapters/message-repository.adapter.js';
import { ThreadRepositoryAdapter } from './infrastructure/adapters/thread-repository.adapter.js';
import { TimelineReader } from './infrastructure/adapters/timeline.reader.js';
import { OwnMembershipAdapter } from './infrastructure/adapters/own-membership.adapter.js';
import { BlockController } from './interface/http/block.controller.js';
import { ThreadsController } from './interface/http/threads.controller.js';
import { MentionsController } from './interface/http/mentions.controller.js';
import { ChatController } from './interface/http/chat.controller.js';
import { BansController } from './interface/http/bans.controller.js';
import { ConversationController } from './interface/http/conversation.controller.js';
import { HistoryController } from './interface/http/history.controller.js';
import { MessageController } from './interface/http/message.controller.js';
import { MessageThreadController } from './interface/http/message-thread.controller.js';
import { PinsController } from './interface/http/pins.controller.js';
import { MembersController } from './interface/http/members.controller.js';
import { ReactionsController } from './interface/http/reactions.controller.js';
import { ReaderController } from './interface/http/reader.controller.js';
import { SeveralChangesController } from './interface/http/several-changes.controller.js';
import { UnreadController } from './interface/http/unread.controller.js';
import { OwnMembershipController } from './interface/http/own-membership.controller.js';
import { DirectConversationController } from './interface/http/direct-conversation.controller.js';
import { ChatGateway } from './interface/ws/chat.gateway.js';
import { chatEvents } from './interface/ws/dto/chat-events.js';
import { userUpdatedEvent } from './interface/ws/dto/user-events.js';
import { ReadReceiptSockets } from './interface/ws/read-receipt-sockets.js';
import { Welcome } from './interface/ws/welcome.js';
import { WsJwtAuthGuard } from './interface/ws/guards/ws-jwt-auth.guard.js';

@Module({
  imports: [CqrsModule, UserModule],
  controllers: [
    ChatController,
    HistoryController,
    ConversationController,
    MembersController,
    BansController,
    OwnMembershipController,
    SeveralChangesController,
    UnreadController,
    ReaderController,
    ReactionsController,
    MessageController,
    PinsController,
    MessageThreadController,
    InvitesController,
    InviteLinkController,
    BlockController,
    MentionsController,
    ThreadsController,
    DirectConversationController,
  ],
  providers: [
    CreateConversationHandler,
    OpenDirectConversationHandler,
    ChangeSettingsHandler,
    DeleteConversationHandler,
    AddConversationMemberHandler,
    RemoveMemberHandler,
    ChangeRoleHandler,
    BanMemberHandler,
    UnbanMemberHandler,
    CreateInviteHandler,
    RevokeInviteHandler,
    JoinByInviteHandler,
    SendMessageHandler,
    EditMessageHandler,
    DeleteMessageHandler,
    SetPinHandler,
    OpenThreadHandler,
    SetBlockHandler,
    MarkReadHandler,
    ChangeOwnMembershipHandler,
    ClearHistoryHandler,
    SignalTypingHandler,
    ListMyConversationsHandler,
    GetConversationByIdHandler,
    GetConversationHeadHandler,
    GetUnreadTotalHandler,
    GetReadReceiptsHandler,
    ListMembersHandler,
    ListBansHandler,
    ListReadersHandler,
    SetReactionHandler,
    ListReactionsHandler,
    ListInvitesHandler,
    GetInviteHandler,
    ListMessagesHandler,
    ListMessageWindowHandler,
    GetMessageHandler,
    ListVersionsHandler,
    ListPinsHandler,
    ListChangesHandler,
    ListSeveralChangesHandler,
    ListTimelineHandler,
    ListBlockedUsersHandler,
    ListMentionsHandler,
    SetFollowingHandler,
    ListFollowedThreadsHandler,
    ListThreadsHandler,
    ListRecentConversationsHandler,
    ListConversationHeadsHandler,
    ConversationWriter,
    ConversationListReader,
    ConversationSweeps,
    { provide: ConversationRepositoryPort, useClass: ConversationRepositoryAdapter },
    { provide: ConversationMemberRepositoryPort, useClass: ConversationMemberRepositoryAdapter },
    { provide: BanRepositoryPort, useClass: BanRepositoryAdapter },
    { provide: OwnMembershipPort, useClass: OwnMembershipAdapter },
    { provide: InviteRepositoryPort, useClass: InviteRepositoryAdapter },
    { provide: DirectConversationRepositoryPort, useClass: DirectConversationRepositoryAdapter },
    { provide: ReachPort, useClass: ReachReader },
    { provide: BlockRepositoryPort, useClass: BlockRepositoryAdapter },
    { provide: ConversationQuotaPort, useClass: ConversationQuotaAdapter },
    { provide: MentionsPort, useClass: MentionsAdapter },
    { provide: ThreadFollowersPort, useClass: ThreadFollowersAdapter },
    { provide: MessageQuotaPort, useClass: MessageQuotaAdapter },
    { provide: MessageRepositoryPort, useClass: MessageRepositoryAdapter },
    { provide: ConversationChangePort, useClass: ConversationChangeAdapter },
    { provide: MessagePinsPort, useClass: MessagePinsReader },
    { provide: MessageVersionsPort, useClass: MessageVersionsReader },
    {
      provide: EditRules,
      useFactory: ({ env }: AppConfig) => new EditRules(env.MESSAGE_EDIT_WINDOW, env.EDIT_HISTORY),
      inject: [AppConfig],
    },
    { provide: ThreadRepositoryPort, useClass: ThreadRepositoryAdapter },
    { provide: MessageChangePort, useClass: MessageChangeAdapter },
    { provide: ConversationHeadsPort, useClass: ConversationHeadsReader },
    { provide: MessageReactionsPort, useClass: MessageReactionsAdapter },
    { provide: MessageReadersPort, useClass: MessageReadersReader },
    { provide: MovedPositionsPort, useClass: MovedPositionsReader },
    { provide: ConversationCatchUpPort, useClass: ConversationCatchUpReader },
    { provide: TimelinePort, useClass: TimelineReader },
    {
      provide: ChatPublisherPort,
      useFactory: (
        rooms: RoomEmitterPort,
        epoch: DatabaseEpochPort,
        visibility: VisibilityReports,
        database: Database,
        list: ConversationListReader,
        evictions: RoomEvictions,
      ) =>
        new ChatPublisherAdapter(
          chatEvents,
          rooms,
          epoch,
          visibility,
          new DirectIntroductions(database, list),
          evictions,
        ),
      inject: [
        RoomEmitterPort,
        DatabaseEpochPort,
        VisibilityReports,
        Database,
        ConversationListReader,
        RoomEvictions,
      ],
    },
    JoinedRooms,
    RoomEvictions,
    MembershipEnd,
    { provide: ProfileAudiencePort, useClass: ProfileAudienceReader },
    ProfileUpdates,
    {
      provide: ProfilePublisherPort,
      useFactory: (rooms: RoomEmitterPort, joined: JoinedRooms) =>
        new ProfilePublisherAdapter(userUpdatedEvent, rooms, joined),
      inject: [RoomEmitterPort, JoinedRooms],
    },
    { provide: AcquaintancePort, useClass: AcquaintanceAdapter },
    AccountDeparture,
    ReadReceiptChanges,
    { provide: ChatExportPort, useClass: ChatExportAdapter },
    { provide: ChatDataPort, useClass: ChatData },
    WsJwtAuthGuard,
    Welcome,
    ReadReceiptSockets,
    ChatGateway,
  ],
  exports: [AcquaintancePort, ChatDataPort, ConversationChangePort],
})
export class ChatModule {}
