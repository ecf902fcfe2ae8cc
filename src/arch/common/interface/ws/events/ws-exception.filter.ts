import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { SecurityLogPort } from '../../../application/ports/security-log.port.js';
import { logUnexpected } from '../../errors/log-unexpected.js';
import { recordRefusal } from '../../errors/record-refusal.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { socketCaller } from '../session/socket-caller.js';
import { type Ack, answerError } from './ws-answer.js';

/** Answers every failure of a socket event. Nest's own filter would echo the payload and never acknowledge. */
@Catch()
export class WsExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(WsExceptionFilter.name);

  constructor(private readonly security: SecurityLogPort) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [socket, payload, ack, name] = host.getArgs<[AuthenticatedSocket, unknown, Ack, string]>();
    logUnexpected(this.logger, error, { event: name, socketId: socket.id });
    recordRefusal(this.security, error, socketCaller(socket, name), socket.data.user);
    answerError(socket, { name, payload, ack }, error);
  }
}
