import { z } from 'zod';

/** Any UUID as PostgreSQL writes it, whatever its version (RFC 9562), in either case. */
export const uuid = z.guid('must be a UUID').transform((value) => value.toLowerCase());

/**
 * The id in a path.
 * @param of what it is the id of, for the API document
 * @param example one that the demo data has, so that it can be tried out
 */
export const idParameter = (of: string, example?: string) =>
  uuid.meta({ description: `The id of ${of}.`, ...(example !== undefined && { example }) });
