import type { ApiBodyOptions, ApiResponseOptions } from '@nestjs/swagger';
import { AVATAR_TYPES } from '../../../domain/models/avatar.model.js';

type Schema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

const bytes: Schema = { type: 'string', format: 'binary' };

/** Documents the upload, which `avatar-upload.ts` checks. */
export const avatarUploadSchema: Schema = {
  type: 'object',
  properties: {
    avatar: { ...bytes, description: 'The image. Its type is detected from its content, not from its name.' },
  },
  required: ['avatar'],
  additionalProperties: false,
};

/** The content never changes: another image gets another name. */
export const AVATAR_HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
};

export const avatarResponse: ApiResponseOptions = {
  description: 'The image.',
  content: Object.fromEntries(Object.keys(AVATAR_TYPES).map((type) => [type, { schema: bytes }])),
  headers: Object.fromEntries(
    Object.entries(AVATAR_HEADERS).map(([name, value]) => [
      name,
      { schema: { type: 'string', enum: [value] } },
    ]),
  ),
};
