import { DEMO_PASSWORD, DEMO_USERS } from './common/domain/demo-data.js';
import type { SeededRows } from './common/infrastructure/database/seed.dev.js';

/** The rows that a seeding has added. */
export function describeSeeded({ accounts, conversations, messages, posts }: SeededRows): string {
  if (accounts + conversations + posts === 0) return 'Nothing to do: the demo data is there.';
  return `Demo data added: accounts ${accounts}, conversations ${conversations}, messages ${messages}, posts ${posts}.`;
}

export function describeDemoLogins(): string {
  return `Demo logins: ${DEMO_USERS.map(({ email }) => email).join(', ')}, password ${DEMO_PASSWORD}`;
}
