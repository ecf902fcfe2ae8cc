import { UseFilters, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Principal } from '../../../../common/domain/principal.js';
import { CHAT_NAMESPACE } from '../../../../common/domain/rooms.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { PermissionsGuard } from '../../../../common/interface/http/guards/permissions.guard.js';
import type { AuthenticatedSocket } from '../../../../common/interface/principal-of.js';
import { WsExceptionFilter } from '../../../../common/interface/ws/events/ws-exception.filter.js';
import { SubscribePresenceCommand } from '../../application/commands/subscribe-presence.command.js';
import { type PresenceListDto, toPresenceListDto } from '../http/dto/presence.dto.js';
import { type SubscribePresenceEventDto, subscribePresenceEventSchema } from './dto/presence-events.js';
import { PresenceSockets } from './presence-sockets.js';

/** A second gateway of the chat's namespace: its sockets are authenticated by the first one. */
@UseFilters(WsExceptionFilter)
@UseGuards(PermissionsGuard)
@WebSocketGateway({ namespace: CHAT_NAMESPACE })
export class PresenceGateway {
  constructor(
    private readonly commands: CommandBus,
    private readonly sockets: PresenceSockets,
  ) {}

  @SubscribeMessage('subscribe_presence')
  @Can('user', 'read')
  async subscribePresence(
    @ConnectedSocket() socket: AuthenticatedSocket,
    @CurrentUser() user: Principal,
    @MessageBody({ schema: subscribePresenceEventSchema }) { userIds }: SubscribePresenceEventDto,
  ): Promise<PresenceListDto> {
    const command = new SubscribePresenceCommand(socket.id, user.sub, userIds);
    return toPresenceListDto(
      await this.sockets.subscribeSocket(socket, () => this.commands.execute(command)),
    );
  }
}
