import type { ExecutionContext, Type } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { PermissionDeniedError } from '../../../domain/errors/permission-denied.error.js';
import type { Permission } from '../../../domain/principal.js';
import { Can } from '../decorators/can.decorator.js';
import { PermissionsGuard } from './permissions.guard.js';

class Routes {
  @Can('messages', 'create')
  send(this: void) {}
  open(this: void) {}
}

@Can('posts', 'read')
class Posts {
  list(this: void) {}
  @Can('posts', 'delete')
  remove(this: void) {}
}

type Handler = () => void;

/** A request, or a socket event, of a user with these permissions; an anonymous one without. */
function contextOf(
  type: 'http' | 'ws',
  controller: Type,
  handler: Handler,
  permissions?: readonly Permission[],
): ExecutionContext {
  const user = permissions && { sub: 'u1', email: '', sid: 's1', permissions };
  return {
    getType: () => type,
    getClass: () => controller,
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => (type === 'http' ? { user } : { user: undefined }) }),
    switchToWs: () => ({ getClient: () => ({ data: type === 'ws' ? { user } : {} }) }),
  } as unknown as ExecutionContext;
}

const guard = new PermissionsGuard();
const { send, open } = Routes.prototype;
const { list, remove } = Posts.prototype;

describe.each(['http', 'ws'] as const)('over %s', (type) => {
  const allowed = (controller: Type, handler: Handler, permissions?: readonly Permission[]) => () =>
    guard.canActivate(contextOf(type, controller, handler, permissions));

  it('lets in whose token carries the permission', () => {
    const permissions = [
      { resource: 'user', actions: ['read'] },
      { resource: 'messages', actions: ['read', 'create'] },
    ];
    expect(allowed(Routes, send, permissions)()).toBe(true);
  });

  it('finds the action also in a second entry of the resource', () => {
    const permissions = [
      { resource: 'messages', actions: ['read'] },
      { resource: 'messages', actions: ['create'] },
    ];
    expect(allowed(Routes, send, permissions)()).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['no action', [{ resource: 'messages', actions: [] }]],
    ['another action', [{ resource: 'messages', actions: ['read', 'CREATE', 'created', '*'] }]],
    [
      'another resource',
      [
        { resource: 'message', actions: ['create'] },
        { resource: '*', actions: ['create'] },
      ],
    ],
    [
      'the two apart',
      [
        { resource: 'messages', actions: ['read'] },
        { resource: 'posts', actions: ['create'] },
      ],
    ],
  ])('refuses permissions for %s', (_, permissions) => {
    expect(allowed(Routes, send, permissions)).toThrow(PermissionDeniedError);
  });

  it('refuses an anonymous caller', () => {
    expect(allowed(Routes, send)).toThrow(PermissionDeniedError);
  });

  it('lets every caller in where no permission is named', () => {
    expect(allowed(Routes, open)()).toBe(true);
    expect(allowed(Routes, open, [])()).toBe(true);
  });

  it('prefers what the method names to what its class names', () => {
    const reader = [{ resource: 'posts', actions: ['read'] }];
    expect(allowed(Posts, list, reader)()).toBe(true);
    expect(allowed(Posts, list, [])).toThrow(PermissionDeniedError);
    expect(allowed(Posts, remove, reader)).toThrow(PermissionDeniedError);
  });
});
