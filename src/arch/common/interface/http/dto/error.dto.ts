import { z } from 'zod';
import { errorCodeSchema } from '../../errors/error-code.schema.js';

/** The shape of every HTTP error. */
export const errorSchema = z
  .strictObject({
    statusCode: z.int().min(400).max(599),
    error: z.string(),
    code: errorCodeSchema,
    message: z.string(),
    requestId: z.string(),
    timestamp: z.iso.datetime(),
    path: z.string(),
    details: z.array(z.strictObject({ path: z.string(), message: z.string() })),
    outcome: z
      .literal('unknown')
      .optional()
      .meta({ description: 'Only with 503: the request may have been executed, in spite of the error.' }),
  })
  .meta({ id: 'ApiError', description: 'The error of a request.' });
