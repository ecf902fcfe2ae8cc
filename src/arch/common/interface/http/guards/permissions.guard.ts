import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { PermissionDeniedError } from '../../../domain/errors/permission-denied.error.js';
import { principalOf } from '../../principal-of.js';
import { rememberingReflector } from '../server/remembering-reflector.js';
import { RequiredPermission } from '../decorators/can.decorator.js';

/** Checks `@Can` against the token's permissions, on routes and socket events, without a query. */
@Injectable()
export class PermissionsGuard implements CanActivate {
  private readonly reflector = rememberingReflector();

  canActivate(context: ExecutionContext): boolean {
    const required = this.reflector.getAllAndOverride(RequiredPermission, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!required) return true;
    const granted = principalOf(context)?.permissions.some(
      ({ resource, actions }) => resource === required.resource && actions.includes(required.action),
    );
    if (!granted) throw new PermissionDeniedError();
    return true;
  }
}
