import { createHash } from 'node:crypto';
import { HttpStatus, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdempotencyPort } from '../../../application/ports/idempotency.port.js';
import type { Principal } from '../../../domain/principal.js';
import { idempotencyKey } from './idempotency-key.js';

/** What a request with an `Idempotency-Key` creates is created once, however often it is asked for. */
@Injectable()
export class KeyedCreations {
  constructor(private readonly keys: IdempotencyPort) {}

  /**
   * Answers what `create` does, or what it did under the same key. The key is looked at last, when nothing else is wrong
   * with the request.
   * @param body as validated: the same however its fields are ordered
   */
  async answerCreation<Dto>(
    reply: FastifyReply,
    user: Principal,
    body: object,
    create: () => Promise<Dto>,
  ): Promise<Dto> {
    const { request } = reply;
    const key = idempotencyKey(request.raw.headersDistinct['idempotency-key']);
    if (key === null) return create();
    const { status, body: text } = await this.keys.runOnce(
      {
        userId: user.sub,
        route: `${request.method} ${request.routeOptions.url}`,
        key,
        bodySha256: createHash('sha256').update(JSON.stringify(body)).digest(),
      },
      async () => ({ status: HttpStatus.CREATED, body: JSON.stringify(await create()) }),
    );
    void reply.status(status);
    // What is read is written again byte for byte.
    return JSON.parse(text) as Dto;
  }
}
