import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import { CHAT_NAMESPACE, userRoom } from '../../../../common/domain/rooms.js';
import type { Typing } from '../../domain/models/typing.model.js';
import { OnceASecond } from './once-a-second.js';

/** Tells rooms who is writing, the writer left out: at once, then at most once a second, what was said last. */
@Injectable()
export class TypingSignals implements OnApplicationShutdown {
  private readonly signals: OnceASecond<Typing>;

  constructor(rooms: RoomEmitterPort) {
    this.signals = new OnceASecond(
      (typing) =>
        rooms.emit(CHAT_NAMESPACE, typing.conversationId, 'typing', typing, userRoom(typing.userId)),
      // The same again counts for longer.
      () => true,
    );
  }

  tell(typing: Typing): void {
    this.signals.tell(`${typing.conversationId} ${typing.userId}`, typing);
  }

  onApplicationShutdown(): void {
    this.signals.forget();
  }
}
