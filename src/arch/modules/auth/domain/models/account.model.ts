import { displayNameFaults } from '../../../../common/domain/profile.js';
import { atPath, refuseFaults, textFaults } from '../../../../common/domain/texts.js';

/** Code points of an e-mail address (RFC 5321). */
export const EMAIL_MAX = 254;

/** The rules for the address and the name of an account, whatever their origin. */
export function requireAccountTexts(email: string, displayName: string): void {
  refuseFaults([
    ...atPath('email', textFaults(email, 1, EMAIL_MAX)),
    ...atPath('displayName', displayNameFaults(displayName)),
  ]);
}
