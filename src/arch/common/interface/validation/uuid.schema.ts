import { z } from 'zod';

/** Any UUID in PostgreSQL's notation, whatever its version (RFC 9562), in either case. */
export const uuid = z.guid('must be a UUID').transform((value) => value.toLowerCase());

/**
 * The id in a path.
 * @param of the resource of the id, for the API document
 * @param example an id of the demo data, so that the example works
 */
export const idParameter = (of: string, example?: string) =>
  uuid.meta({ description: `The id of ${of}.`, ...(example !== undefined && { example }) });
