import { z } from 'zod';

/** JSON of the application's own. */
export const metadataSchema = z.record(z.string(), z.unknown()).meta({
  description:
    'Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept.',
});
