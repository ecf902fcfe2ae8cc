import { z } from 'zod';
import {
  ownProfileSchema,
  toOwnProfileDto,
} from '../../../../../common/interface/http/dto/own-profile.dto.js';
import type { LoggedIn } from '../../../application/session-opener.js';

export const tokensSchema = z
  .strictObject({
    accessToken: z.string().meta({ description: 'A JWT for the `Authorization: Bearer` header.' }),
    refreshToken: z.string().meta({ description: 'Opaque; keep it secret.' }),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().positive().meta({ description: 'Seconds until the access token is over.' }),
    user: ownProfileSchema,
  })
  .meta({ id: 'Tokens' });

export type TokensDto = z.output<typeof tokensSchema>;

export function toTokensDto({ user, ...tokens }: LoggedIn): TokensDto {
  return { ...tokens, tokenType: 'Bearer', user: toOwnProfileDto(user) };
}
