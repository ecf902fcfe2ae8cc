import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../support/test-server.js';

describe('the API document', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  it('is the committed docs/openapi.json (after a change: pnpm openapi)', async () => {
    const { body } = await server.call('GET', '/api/docs-json');
    const file = resolve(import.meta.dirname, '../../docs/openapi.json');
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it('is shown at /api/docs', async () => {
    const response = await fetch(`${server.url}/api/docs`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('swagger-ui');
  });
});
