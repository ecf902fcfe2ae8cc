import { UseFilters, UseGuards } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { CHAT_NAMESPACE } from '../../../../common/domain/rooms.js';
import type { Principal } from '../../../../common/domain/principal.js';
import { Public } from '../../../../common/interface/http/decorators/public.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { PermissionsGuard } from '../../../../common/interface/http/guards/permissions.guard.js';
import type {
  AuthenticatedNamespace,
  AuthenticatedSocket,
} from '../../../../common/interface/principal-of.js';
import { closeConnectionOf } from '../../../../common/interface/ws/engine/engine-connection.js';
import { joinRoomsAndRead } from '../../../../common/interface/ws/rooms/join-rooms.js';
import { requireJoined } from '../../../../common/interface/ws/rooms/require-joined.js';
import { WsExceptionFilter } from '../../../../common/interface/ws/events/ws-exception.filter.js';
import { MarkReadCommand } from '../../application/commands/mark-read.command.js';
import { SendMessageCommand } from '../../application/commands/send-message.command.js';
import { SignalTypingCommand } from '../../application/commands/signal-typing.command.js';
import { GetConversationHeadQuery } from '../../application/queries/get-conversation-head.query.js';
import { ListConversationHeadsQuery } from '../../application/queries/list-conversation-heads.query.js';
import { ListRecentConversationsQuery } from '../../application/queries/list-recent-conversations.query.js';
import { toMessageDto } from '../http/dto/message.dto.js';
import { toJoinedDto, toMemberHeadDto, toReadPositionDto } from './dto/acknowledgements.js';
import {
  type AuthenticateEventDto,
  authenticateEventSchema,
  type JoinAllEventDto,
  joinAllEventSchema,
  type MarkReadEventDto,
  markReadEventSchema,
  type RoomDto,
  roomSchema,
  type SendMessageEventDto,
  sendMessageEventSchema,
  type TypingEventDto,
  typingEventSchema,
} from './dto/client-events.js';
import { WsJwtAuthGuard } from './guards/ws-jwt-auth.guard.js';
import { joinConversation } from './join-conversation.js';
import { ReadReceiptSockets } from './read-receipt-sockets.js';
import { Welcome } from './welcome.js';

/**
 * A transport: events become the commands and queries that HTTP uses; a method's result is the `data` of the
 * acknowledgement.
 */
@UseFilters(WsExceptionFilter)
@UseGuards(PermissionsGuard)
@WebSocketGateway({ namespace: CHAT_NAMESPACE })
export class ChatGateway
  implements OnGatewayInit<AuthenticatedNamespace>, OnGatewayConnection<AuthenticatedSocket>
{
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly auth: WsJwtAuthGuard,
    private readonly welcome: Welcome,
    private readonly receipts: ReadReceiptSockets,
  ) {}

  afterInit(namespace: AuthenticatedNamespace): void {
    namespace.use(
      guardListener(
        (socket: AuthenticatedSocket, next: (error?: Error) => void) => this.auth.handshake(socket, next),
        closeConnectionOf,
      ),
    );
  }

  handleConnection(socket: AuthenticatedSocket): void {
    this.welcome.greet(socket, this.auth.vouchesFor(socket));
  }

  @SubscribeMessage('join_room')
  @Can('messages', 'read')
  async joinRoom(
    @ConnectedSocket() socket: AuthenticatedSocket,
    @CurrentUser() user: Principal,
    @MessageBody({ schema: roomSchema }) { conversationId }: RoomDto,
  ) {
    const readHead = (query: GetConversationHeadQuery) => this.queries.execute(query);
    const readAndPlace = async (query: GetConversationHeadQuery) => {
      const [head] = await Promise.all([readHead(query), this.receipts.placeSocket(socket)]);
      return head;
    };
    const head = new GetConversationHeadQuery(conversationId, user.sub);
    return toJoinedDto(await joinConversation(socket, head, readAndPlace, readHead));
  }

  @SubscribeMessage('join_all')
  @Can('messages', 'read')
  async joinAll(
    @ConnectedSocket() socket: AuthenticatedSocket,
    @CurrentUser() user: Principal,
    @MessageBody({ schema: joinAllEventSchema }) _nothing: JoinAllEventDto,
  ) {
    const [recent] = await Promise.all([
      this.queries.execute(new ListRecentConversationsQuery(user.sub)),
      this.receipts.placeSocket(socket),
    ]);
    const { found, complete } = await joinRoomsAndRead(socket, recent.conversationIds, (joined) =>
      this.queries.execute(new ListConversationHeadsQuery(user.sub, joined)),
    );
    const conversations = found.map(toMemberHeadDto);
    return { conversations, truncated: recent.hasMore || !complete, epoch: recent.epoch };
  }

  @SubscribeMessage('leave_room')
  @Public('Leaving needs no permission.')
  async leaveRoom(
    @ConnectedSocket() socket: AuthenticatedSocket,
    @MessageBody({ schema: roomSchema }) { conversationId }: RoomDto,
  ) {
    await socket.leave(conversationId);
    return { conversationId };
  }

  @SubscribeMessage('authenticate')
  @Public('The token proves who is calling.')
  async authenticate(
    @ConnectedSocket() socket: AuthenticatedSocket,
    @MessageBody({ schema: authenticateEventSchema }) { token }: AuthenticateEventDto,
  ) {
    await this.auth.renew(socket, token);
    return { expiresAt: socket.data.expiresAt.toISOString() };
  }

  @SubscribeMessage('send_message')
  @Can('messages', 'create')
  async sendMessage(
    @CurrentUser() user: Principal,
    @MessageBody({ schema: sendMessageEventSchema }) body: SendMessageEventDto,
  ) {
    const { conversationId, content, clientMessageId, ...extras } = body;
    const command = new SendMessageCommand(conversationId, user.sub, content, clientMessageId, extras);
    const { message, duplicate } = await this.commands.execute(command);
    return { message: toMessageDto(message), duplicate };
  }

  @SubscribeMessage('mark_read')
  @Can('messages', 'read')
  async markRead(
    @ConnectedSocket() socket: AuthenticatedSocket,
    @CurrentUser() user: Principal,
    @MessageBody({ schema: markReadEventSchema }) { conversationId, seq }: MarkReadEventDto,
  ) {
    const command = new MarkReadCommand(conversationId, user.sub, seq, socket.id);
    return toReadPositionDto(await this.commands.execute(command));
  }

  @SubscribeMessage('typing')
  @Can('messages', 'read')
  async typing(
    @ConnectedSocket() socket: AuthenticatedSocket,
    @CurrentUser() user: Principal,
    @MessageBody({ schema: typingEventSchema }) { conversationId, isTyping }: TypingEventDto,
  ) {
    requireJoined(socket, conversationId);
    await this.commands.execute(new SignalTypingCommand(conversationId, user.sub, isTyping));
    return {};
  }
}
