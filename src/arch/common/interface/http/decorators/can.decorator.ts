import { applyDecorators } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiErrors } from './api-errors.decorator.js';

/** Names the permission that a route or event needs: `@Can('messages', 'create')`. */
export const RequiredPermission = Reflector.createDecorator<{ resource: string; action: string }>();

/** Requires a permission, and documents it for routes; the API document has no events. */
export const Can = (resource: string, action: string) =>
  applyDecorators(RequiredPermission({ resource, action }), ApiErrors('PERMISSION_DENIED'));
