import { testHooks } from './test-hooks.ts';

testHooks(18);
