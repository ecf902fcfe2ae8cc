import type { Type } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type {
  AuthenticatedNamespace,
  AuthenticatedSocket,
} from '../../../src/arch/common/interface/principal-of.js';
import { ChatModule } from '../../../src/arch/modules/chat/chat.module.js';
import { WsJwtAuthGuard } from '../../../src/arch/modules/chat/interface/ws/guards/ws-jwt-auth.guard.js';
import { Welcome } from '../../../src/arch/modules/chat/interface/ws/welcome.js';

/** A second gateway in the chat's namespace, as another module would add one. */
@WebSocketGateway({ namespace: '/chat' })
export class SecondGateway {
  /** Ends the slow event. */
  finish: () => void = () => undefined;

  @SubscribeMessage('echo')
  echo(@MessageBody() payload: unknown) {
    return { payload };
  }

  @SubscribeMessage('slow')
  async slow() {
    await new Promise<void>((resolve) => void (this.finish = resolve));
    return {};
  }
}

/** The same, with the name of the namespace written without its slash. */
@WebSocketGateway({ namespace: 'chat' })
export class SecondGatewayWithoutSlash extends SecondGateway {}

/** Gateways to which nobody could connect. */
@WebSocketGateway()
export class GatewayOfNothing {
  @SubscribeMessage('echo')
  echo() {
    return {};
  }
}
@WebSocketGateway({ namespace: '/' })
export class GatewayOfSlash extends GatewayOfNothing {}
@WebSocketGateway({ namespace: '' })
export class GatewayOfEmptyText extends GatewayOfNothing {}
@WebSocketGateway({ namespace: /^\/chat/ })
export class GatewayOfPattern extends GatewayOfNothing {}

/** A gateway with a method that would never be called. */
@WebSocketGateway({ namespace: '/chat' })
export class GatewayOfDisconnects extends GatewayOfNothing {
  handleDisconnect(): void {}
}

/** A gateway that listens to an event of the chat. */
@WebSocketGateway({ namespace: '/chat' })
export class GreedyGateway {
  @SubscribeMessage('send_message')
  take() {
    return {};
  }
}

/** The same, with the name of the namespace written without its slash. */
@WebSocketGateway({ namespace: 'chat' })
export class GreedyGatewayWithoutSlash extends GreedyGateway {}

/** A gateway with a namespace of its own for the same users. */
@WebSocketGateway({ namespace: '/news' })
export class NewsGateway
  implements OnGatewayInit<AuthenticatedNamespace>, OnGatewayConnection<AuthenticatedSocket>
{
  constructor(
    private readonly auth: WsJwtAuthGuard,
    private readonly welcome: Welcome,
  ) {}

  afterInit(namespace: AuthenticatedNamespace): void {
    namespace.use((socket, next) => void this.auth.handshake(socket, next));
  }

  handleConnection(socket: AuthenticatedSocket): void {
    this.welcome.greet(socket, this.auth.vouchesFor(socket));
  }

  @SubscribeMessage('join_room')
  async join(@ConnectedSocket() socket: AuthenticatedSocket, @MessageBody() { room }: { room: string }) {
    await socket.join(room);
    return { room };
  }
}

const PROVIDERS = 'providers';

/** Adds a gateway to the chat's module, and removes it again after `use`. */
export async function withPlanted<T>(
  gateway: Type,
  place: 'before' | 'after',
  use: () => Promise<T>,
): Promise<T> {
  const own = Reflect.getMetadata(PROVIDERS, ChatModule) as Type[];
  const providers = place === 'before' ? [gateway, ...own] : [...own, gateway];
  Reflect.defineMetadata(PROVIDERS, providers, ChatModule);
  try {
    return await use();
  } finally {
    Reflect.defineMetadata(PROVIDERS, own, ChatModule);
  }
}
