import { z } from 'zod';

/** Any UUID as PostgreSQL writes it, whatever its version (RFC 9562), in either case. */
export const uuid = z.guid('must be a UUID').transform((value) => value.toLowerCase());
