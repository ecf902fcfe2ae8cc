import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { expect } from 'vitest';
import { TokenVerifierPort } from '../../src/arch/common/application/ports/token-verifier.port.js';
import { Can } from '../../src/arch/common/interface/http/decorators/can.decorator.js';
import { Public } from '../../src/arch/common/interface/http/decorators/public.decorator.js';
import { JwtAuthGuard } from '../../src/arch/common/interface/http/guards/jwt-auth.guard.js';
import { PermissionsGuard } from '../../src/arch/common/interface/http/guards/permissions.guard.js';
import { apiTest, PER_FILE } from '../support/api-test.js';
import { type DeclaredAccess, declaredAccess } from './declared-access.js';

/** Routes that no controller serves, and why they need no permission. */
const OUTSIDE_CONTROLLERS = new Map([
  ['/', 'Says that a server is here and where to go on; shows no data.'],
  ['/api/asyncapi.json', 'Describes the socket as anybody may read it in the source; shows no data.'],
  ['/api/docs', 'Describes what anybody may read in the source; shows no data.'],
]);

const it = apiTest.extend('declared', PER_FILE, ({ server }) => declaredAccess(server.app));

const problems = (all: readonly DeclaredAccess[]) =>
  all.flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]));

it('every route and every socket event has a permission or a reason to be public', ({ declared }) => {
  expect(problems(declared)).toEqual([]);
});

it('the check finds all routes of the document, and all events of the socket', async ({
  server,
  declared,
}) => {
  const { paths } = (await server.call('GET', '/api/docs-json')).body as unknown as { paths: object };
  const documented = Object.keys(paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'));
  const addresses = declared.map(({ address }) => address);
  expect(documented.filter((path) => !addresses.includes(path))).toEqual([]);
  for (const event of ['join_room', 'leave_room', 'send_message', 'authenticate']) {
    expect(addresses).toContain(event);
  }
});

it('every served route belongs to a controller or is listed here', ({ server, declared }) => {
  const addresses = new Set(declared.map(({ address }) => address));
  const outside = [...OUTSIDE_CONTROLLERS.keys()];
  const served = servedPaths(server.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
  expect(served).toContain('/health/ready');
  expect(
    served.filter(
      (path) =>
        !addresses.has(path) &&
        !outside.some((known) => path === known || (known !== '/' && path.startsWith(known))),
    ),
  ).toEqual([]);
});

it('docs/security.md lists each route and event with what it needs, and no other', ({ declared }) => {
  const rows = readFileSync(resolve(import.meta.dirname, '../../docs/security.md'), 'utf8').matchAll(
    /^\| `((?:[A-Z]+ \/\S*|[a-z_]+))` +\| (`[a-z]+` [a-z]+|nothing: .*?) +\|$/gm,
  );
  const documented = [...rows].map(([, address, needs]) => `${address} | ${needs}`);
  const inCode = declared.map(
    ({ address, method, needs }) => `${[method, address].filter(Boolean).join(' ')} | ${needs}`,
  );
  const outside = [...OUTSIDE_CONTROLLERS].map(([path, reason]) => `GET ${path} | nothing: ${reason}`);
  expect(documented.toSorted()).toEqual([...inCode, ...outside].toSorted());
});

it('notices a planted controller and a planted gateway', async () => {
  const app = await NestFactory.createApplicationContext(Planted, { logger: false });
  expect(problems(declaredAccess(app))).toEqual([
    'PlantedController.open: neither @Can nor @Public',
    'PlantedController.silent: @Public without a reason',
    'PlantedController.both: both @Can and @Public',
    'PlantedController.unguarded: @Can without its guards',
    'PlantedGateway.open: neither @Can nor @Public',
    'PlantedGateway.unguarded: @Can without its guards',
  ]);
  await app.close();
});

/** Parses the tree in which Fastify prints its routes. */
function servedPaths(tree: string): string[] {
  const parts: string[] = [];
  return [...tree.matchAll(/^([│ ]*)[├└]── (\S+) \(/gm)].map(([, indent = '', part = '']) => {
    parts.splice(indent.length / 4, parts.length, part);
    return parts.join('');
  });
}

@Controller('planted')
class PlantedController {
  @Get('open')
  open(): void {}

  @Get('silent')
  @Public(' ')
  silent(): void {}

  @Get('both')
  @Can('posts', 'read')
  @Public('Contradicts itself.')
  both(): void {}

  @Get('unguarded')
  @Can('posts', 'read')
  @UseGuards(JwtAuthGuard)
  unguarded(): void {}

  @Get('good')
  @Can('posts', 'read')
  @UseGuards(JwtAuthGuard, PermissionsGuard)
  good(): void {}

  @Get('reasoned')
  @Public('It is a test.')
  reasoned(): void {}
}

@WebSocketGateway()
class PlantedGateway {
  @SubscribeMessage('open')
  open(): void {}

  @SubscribeMessage('unguarded')
  @Can('posts', 'read')
  unguarded(): void {}

  @SubscribeMessage('good')
  @Can('posts', 'read')
  @UseGuards(PermissionsGuard)
  good(): void {}
}

@Module({
  controllers: [PlantedController],
  providers: [PlantedGateway, { provide: TokenVerifierPort, useValue: {} }],
})
class Planted {}
