import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../../../common/domain/errors/domain.error.js';
import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { discardBody } from '../../../../common/interface/http/server/discard-body.js';

/** The bytes of the file `avatar`, as they arrive; fails when the body is not multipart or contains anything else. */
export async function* avatarUpload(request: FastifyRequest): AsyncGenerator<Uint8Array> {
  try {
    // The parser would wait for ever on a connection that ended before it began.
    if (request.raw.destroyed) throw new Error('closed');
    yield* onlyFile(request.parts());
  } catch (error) {
    throw error instanceof DomainError ? error : refused('body', 'must be whole multipart/form-data');
  } finally {
    discardBody(request.raw);
  }
}

async function* onlyFile(parts: AsyncIterable<Multipart>): AsyncGenerator<Uint8Array> {
  let files = 0;
  for await (const part of parts) {
    if (part.fieldname !== 'avatar') throw refused('body', 'must have no other field than avatar');
    if (part.type !== 'file') throw refused('avatar', 'must be a file');
    files += 1;
    if (files > 1) throw refused('avatar', 'must be one file');
    yield* part.file as AsyncIterable<Uint8Array>;
  }
  if (files === 0) throw refused('avatar', 'must be a file');
}

function refused(path: string, message: string): ValidationFailedError {
  return new ValidationFailedError([{ path, message }]);
}
