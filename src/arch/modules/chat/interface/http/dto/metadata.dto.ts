import { z } from 'zod';
import { metadataFaults } from '../../../domain/models/metadata.model.js';

/** JSON that the application defines. */
export const metadataSchema = z.record(z.string(), z.unknown()).meta({
  description:
    'Defined by your application: an object of at most 4,096 bytes as JSON, at most 8 levels deep. The order of keys is not kept.',
});

/** The same as input: the domain checks it. */
export const newMetadataSchema = metadataSchema.superRefine((metadata, context) => {
  for (const message of metadataFaults(metadata)) context.addIssue({ code: 'custom', message });
});
