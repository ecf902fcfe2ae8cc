import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { logUnexpected } from '../errors/log-unexpected.js';
import { sendError } from './error-body.js';

/** Every failure of an HTTP request ends here. */
@Catch()
export class GlobalExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(GlobalExceptionFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    logUnexpected(this.logger, error, { requestId: request.id });
    sendError(error, request, http.getResponse<FastifyReply>());
  }
}
