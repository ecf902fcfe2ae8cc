import { resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { DEFAULT_PERMISSIONS } from '../../src/arch/modules/auth/domain/models/permissions.model.js';
import { apiTest as it } from '../support/api-test.js';
import { clientContract } from '../support/client-contract/client-contract.js';
import type { AsyncApi } from '../support/client-contract/print-events.js';
import type { OpenApi } from '../support/client-contract/print-routes.js';

const root = resolve(import.meta.dirname, '../..');

describe('the API document', () => {
  it('is the committed docs/openapi.json (after a change: pnpm openapi)', async ({ server }) => {
    const { body } = await server.call('GET', '/api/docs-json');
    const file = resolve(root, 'docs/openapi.json');
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it('is shown at /api/docs', async ({ server }) => {
    const response = await fetch(`${server.url}/api/docs`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('swagger-ui');
  });
});

describe('the types of the client', () => {
  it('are the committed packages/client/src/contract.ts (after a change: pnpm openapi)', async ({
    server,
  }) => {
    const openApi = (await (await fetch(`${server.url}/api/docs-json`)).json()) as OpenApi;
    const asyncApi = (await (await fetch(`${server.url}/api/asyncapi.json`)).json()) as AsyncApi;
    const permissions = DEFAULT_PERMISSIONS.flatMap(({ resource, actions }) =>
      actions.map((action) => `${resource}:${action}`),
    );
    const file = resolve(root, 'packages/client/src/contract.ts');
    await expect(
      clientContract(openApi, asyncApi, permissions),
      'The schemas of the server have changed. Run: vitest run test/e2e/openapi.e2e.spec.ts test/e2e/asyncapi.e2e.spec.ts --update',
    ).toMatchFileSnapshot(file);
  });
});
