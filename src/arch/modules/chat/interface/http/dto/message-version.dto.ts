import { z } from 'zod';
import type { MessageVersion, VersionPage } from '../../../domain/models/message-version.model.js';
import { messageExample } from './examples.js';
import { metadataSchema } from './metadata.dto.js';

const versionExample = { version: 1, content: 'Helo!', validUntil: messageExample.createdAt };

const messageVersionSchema = z
  .strictObject({
    version: z.int().min(1).meta({ description: '1 is what was first sent.' }),
    content: z.string(),
    metadata: metadataSchema.optional(),
    validUntil: z.iso.datetime().meta({ description: 'When the next version replaced it.' }),
  })
  .meta({ id: 'MessageVersion', examples: [versionExample] });

export const versionPageSchema = z
  .strictObject({
    data: z.array(messageVersionSchema).meta({ description: 'Newest first.' }),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({ id: 'MessageVersionPage', examples: [{ data: [versionExample], nextCursor: null }] });

export type VersionPageDto = z.output<typeof versionPageSchema>;

function toVersionDto({
  version,
  content,
  metadata,
  validUntil,
}: MessageVersion): z.output<typeof messageVersionSchema> {
  return { version, content, ...(metadata && { metadata }), validUntil: validUntil.toISOString() };
}

export function toVersionPageDto({ data, nextCursor }: VersionPage): VersionPageDto {
  return { data: data.map(toVersionDto), nextCursor };
}
