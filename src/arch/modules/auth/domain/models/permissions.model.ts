import type { Permission } from '../../../../common/domain/principal.js';

/** What everybody may do; put into the access token at login. */
export const DEFAULT_PERMISSIONS: readonly Permission[] = [
  { resource: 'user', actions: ['read', 'update'] },
  { resource: 'posts', actions: ['create', 'read', 'update', 'delete'] },
  { resource: 'conversations', actions: ['create', 'read', 'update'] },
  { resource: 'messages', actions: ['create', 'read', 'update', 'delete'] },
];
