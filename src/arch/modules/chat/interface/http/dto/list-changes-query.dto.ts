import { z } from 'zod';
import { parameterWithDefault } from '../../../../../common/interface/validation/parameter.schema.js';
import { CHANGES_MAX } from '../../../domain/models/conversation-changes.model.js';

export const listChangesQuerySchema = z.strictObject({
  since: parameterWithDefault(0, 0).meta({ description: 'The `rev` up to which everything is known.' }),
  epoch: z.string().min(1).max(64).optional().meta({
    description: 'The `epoch` that `since` came with. Another one than the present is `CURSOR_INVALID`.',
  }),
  limit: parameterWithDefault(100, 1, CHANGES_MAX).meta({ description: 'How many messages at most.' }),
});

export type ListChangesQueryDto = z.output<typeof listChangesQuerySchema>;
