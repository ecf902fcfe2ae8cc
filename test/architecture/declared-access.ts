import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import {
  GATEWAY_METADATA,
  MESSAGE_MAPPING_METADATA,
  MESSAGE_METADATA,
} from '@nestjs/websockets/constants.js';
import { RequiredPermission } from '../../src/arch/common/interface/http/decorators/can.decorator.js';
import { Public } from '../../src/arch/common/interface/http/decorators/public.decorator.js';
import { JwtAuthGuard } from '../../src/arch/common/interface/http/guards/jwt-auth.guard.js';
import { PermissionsGuard } from '../../src/arch/common/interface/http/guards/permissions.guard.js';

/** A route or a socket event, and the access that its decorators declare. */
export interface DeclaredAccess {
  readonly name: string;
  readonly kind: 'route' | 'event';
  /** The path of a route, or the name of an event. */
  readonly address: string;
  /** The HTTP method of a route. */
  readonly method?: string;
  /** The permission that it needs, or the reason why it needs none, as in a row of docs/security.md. */
  readonly needs: string;
  /** The error in the declaration, if there is one. */
  readonly problem?: string;
}

type Handler = object;

/** All routes and events of the application, found by their decorators. */
export function declaredAccess(app: INestApplicationContext): DeclaredAccess[] {
  return [...app.get(ModulesContainer).values()].flatMap(({ controllers, providers }) => [
    ...[...controllers.values()].flatMap(({ metatype }) => routesOf(metatype)),
    ...[...providers.values()].flatMap(({ metatype }) => eventsOf(metatype)),
  ]);
}

function routesOf(controller: unknown): DeclaredAccess[] {
  return handlersOf(controller, PATH_METADATA).map(([name, handler, type]) => ({
    name,
    kind: 'route',
    address: `/${[type, handler]
      .map((target) => String(Reflect.getMetadata(PATH_METADATA, target)))
      .flatMap((path) => path.split('/'))
      .filter((part) => part !== '')
      .join('/')}`,
    method: String(RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, handler))]),
    needs: needsOf(handler, type),
    ...problemOf(handler, type, [JwtAuthGuard, PermissionsGuard]),
  }));
}

function eventsOf(provider: unknown): DeclaredAccess[] {
  if (typeof provider !== 'function' || !Reflect.hasMetadata(GATEWAY_METADATA, provider)) return [];
  return handlersOf(provider, MESSAGE_MAPPING_METADATA).map(([name, handler, type]) => ({
    name,
    kind: 'event',
    address: String(Reflect.getMetadata(MESSAGE_METADATA, handler)),
    needs: needsOf(handler, type),
    // The caller was authenticated in the handshake.
    ...problemOf(handler, type, [PermissionsGuard]),
  }));
}

function handlersOf(type: unknown, mark: string): [string, Handler, Handler][] {
  if (typeof type !== 'function') return [];
  const prototype = type.prototype as Record<string, Handler>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const handler = prototype[method];
    return handler && Reflect.hasMetadata(mark, handler)
      ? [[`${type.name}.${method}`, handler, type] satisfies [string, Handler, Handler]]
      : [];
  });
}

function needsOf(handler: Handler, type: Handler): string {
  const read = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, type);
  const permission = read(RequiredPermission.KEY) as { resource: string; action: string } | undefined;
  return permission
    ? `\`${permission.resource}\` ${permission.action}`
    : `nothing: ${String(read(Public.KEY))}`;
}

/** Reads metadata like the guard: the method's takes precedence over that of the class. */
function problemOf(handler: Handler, type: Handler, needed: readonly Handler[]): { problem?: string } {
  const read = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, type);
  const permission = read(RequiredPermission.KEY);
  const reason = read(Public.KEY) as string | undefined;
  if (permission === undefined && reason === undefined) return { problem: 'neither @Can nor @Public' };
  if (permission === undefined) return reason?.trim() ? {} : { problem: '@Public without a reason' };
  if (reason !== undefined) return { problem: 'both @Can and @Public' };
  const guards = new Set(
    [type, handler].flatMap((target): Handler[] => Reflect.getMetadata(GUARDS_METADATA, target) ?? []),
  );
  return needed.every((guard) => guards.has(guard)) ? {} : { problem: '@Can without its guards' };
}
