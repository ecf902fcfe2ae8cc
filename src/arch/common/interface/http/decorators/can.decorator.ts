import { Reflector } from '@nestjs/core';

/** Names the permission that a route or event needs: `@Can('messages', 'create')`. */
export const RequiredPermission = Reflector.createDecorator<{ resource: string; action: string }>();

export const Can = (resource: string, action: string) => RequiredPermission({ resource, action });
