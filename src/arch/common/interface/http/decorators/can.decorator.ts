import { applyDecorators } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiErrors } from './api-errors.decorator.js';

/** Names the permission that a route or event needs: `@Can('messages', 'create')`. */
export const RequiredPermission = Reflector.createDecorator<{ resource: string; action: string }>();

/** The same, and the API document says so; events have none. */
export const Can = (resource: string, action: string) =>
  applyDecorators(RequiredPermission({ resource, action }), ApiErrors('PERMISSION_DENIED'));
