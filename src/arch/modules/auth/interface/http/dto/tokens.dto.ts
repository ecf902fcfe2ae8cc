import { z } from 'zod';
import {
  ownProfileExample,
  ownProfileSchema,
  toOwnProfileDto,
} from '../../../../../common/interface/http/dto/own-profile.dto.js';
import type { AuthenticatedSession } from '../../../application/commands/authenticated-session.js';

export const tokensSchema = z
  .strictObject({
    accessToken: z.string().meta({ description: 'A JWT for the `Authorization: Bearer` header.' }),
    refreshToken: z.string().meta({ description: 'Opaque; keep it secret.' }),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().min(1).meta({ description: 'Seconds until the access token expires.' }),
    user: ownProfileSchema,
  })
  .meta({
    id: 'Tokens',
    examples: [
      {
        accessToken: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl',
        refreshToken: 'q0Xb1k4fW1o2yq8Zr7w3m5N9cV6tJ2hL4sD8aG0eUiY',
        tokenType: 'Bearer',
        expiresIn: 900,
        user: ownProfileExample,
      },
    ],
  });

export type TokensDto = z.output<typeof tokensSchema>;

export function toTokensDto({ user, accessToken, refreshToken, expiresIn }: AuthenticatedSession): TokensDto {
  return { accessToken, refreshToken, expiresIn, tokenType: 'Bearer', user: toOwnProfileDto(user) };
}
