import type { Permission } from '../../../../common/domain/principal.js';

/** The permissions of every user, which the access token contains. */
export const DEFAULT_PERMISSIONS: readonly Permission[] = [
  { resource: 'user', actions: ['read', 'update'] },
  { resource: 'posts', actions: ['create', 'read', 'update', 'delete'] },
  { resource: 'conversations', actions: ['create', 'read', 'update', 'delete'] },
  { resource: 'messages', actions: ['create', 'read', 'update', 'delete'] },
];
