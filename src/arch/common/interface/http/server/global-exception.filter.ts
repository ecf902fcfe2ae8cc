import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SecurityLogPort } from '../../../application/ports/security-log.port.js';
import { logUnexpected } from '../../errors/log-unexpected.js';
import { recordRefusal } from '../../errors/record-refusal.js';
import { sendError } from './error-body.js';
import { RequestCaller } from './request-caller.js';
import { verifiedPrincipal } from './verify-request.js';

/** Answers every failed HTTP request. */
@Catch()
export class GlobalExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(GlobalExceptionFilter.name);

  constructor(private readonly security: SecurityLogPort) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    logUnexpected(this.logger, error, { requestId: request.id });
    recordRefusal(this.security, error, new RequestCaller(request), verifiedPrincipal(request));
    sendError(error, request, http.getResponse<FastifyReply>());
  }
}
