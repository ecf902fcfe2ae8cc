import { z } from 'zod';
import { parameterWithDefault } from '../../../../../common/interface/validation/parameter.schema.js';
import { CHANGES_MAX } from '../../../domain/models/conversation-changes.model.js';

/** Maximum characters of an `epoch`. */
const EPOCH_MAX = 64;
/** Default number of messages of a page. */
const CHANGES_DEFAULT = 100;

export const listChangesQuerySchema = z.strictObject({
  since: parameterWithDefault(0, 0).meta({ description: 'The `rev` up to which everything is known.' }),
  epoch: z.string().min(1).max(EPOCH_MAX).optional().meta({
    description: 'The `epoch` that `since` came with. Another one than the present is `CURSOR_INVALID`.',
  }),
  limit: parameterWithDefault(CHANGES_DEFAULT, 1, CHANGES_MAX).meta({
    description: 'How many messages at most.',
  }),
});

export type ListChangesQueryDto = z.output<typeof listChangesQuerySchema>;
