import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PayloadTooLargeError } from '../../../domain/errors/payload-too-large.error.js';
import { UnsupportedMediaTypeError } from '../../../domain/errors/unsupported-media-type.error.js';
import { refusingBody } from '../server/refusing.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route accepts `multipart/form-data`, and nothing else. */
    multipart?: boolean;
  }
}

/** Bytes of a multipart body around its one file: boundaries and the headers of the part. */
const FRAME = 16_384;
/** Parts that are read of a multipart body: enough to detect that it is not one file. */
const PARTS = { files: 2, fields: 1, fieldSize: 1_024, parts: 3, headerPairs: 20 };

/**
 * Accepts multipart bodies where a route asks for them; those with invalid headers are refused before they are read.
 */
export async function acceptMultipart(fastify: FastifyInstance, maxFileSize: number): Promise<void> {
  await fastify.register(multipart, {
    throwFileSizeLimit: false,
    // One byte above the maximum shows that the file is larger.
    limits: { fileSize: maxFileSize + 1, ...PARTS },
  });
  fastify.addHook(
    'preParsing',
    refusingBody((request) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      const wanted = request.routeOptions.config.multipart === true;
      if (isMultipart(request) !== wanted) {
        throw new UnsupportedMediaTypeError(wanted ? 'Send the body as multipart/form-data.' : undefined);
      }
      if (wanted && Number(request.headers['content-length']) > maxFileSize + FRAME) {
        throw new PayloadTooLargeError('The upload is larger than this server takes.');
      }
    }),
  );
}

function isMultipart({ headers }: FastifyRequest): boolean {
  return /^multipart\/form-data *(;|$)/i.test(headers['content-type'] ?? '');
}
