import { resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { apiTest as it } from '../support/api-test.js';

describe('the API document', () => {
  it('is the committed docs/openapi.json (after a change: pnpm openapi)', async ({ server }) => {
    const { body } = await server.call('GET', '/api/docs-json');
    const file = resolve(import.meta.dirname, '../../docs/openapi.json');
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it('is shown at /api/docs', async ({ server }) => {
    const response = await fetch(`${server.url}/api/docs`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('swagger-ui');
  });
});
