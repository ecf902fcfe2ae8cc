import { createHash } from 'node:crypto';
import { HttpStatus, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdempotencyPort } from '../../../application/ports/idempotency.port.js';
import type { Principal } from '../../../domain/principal.js';
import { idempotencyKey } from './idempotency-key.js';

/** Executes a creation with an `Idempotency-Key` once, however often it is requested. */
@Injectable()
export class KeyedCreations {
  constructor(private readonly keys: IdempotencyPort) {}

  /**
   * Returns the result of `create`, or the stored one of the same key. The key is validated last, after the rest of the
   * request.
   * @param body as validated: the same whatever the order of its fields
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
    // Parsing and serializing this text yields the same bytes.
    return JSON.parse(text) as Dto;
  }
}
