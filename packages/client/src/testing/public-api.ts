export { createTestServer } from './create-test-server.ts';
export type { TestAccount, TestServer, TestServerOptions } from './create-test-server.ts';
export type { Faults } from './faults.ts';
export type { TestRequest } from './open-transport.ts';
export { createTestClock } from './test-clock.ts';
export type { TestClock } from './test-clock.ts';
