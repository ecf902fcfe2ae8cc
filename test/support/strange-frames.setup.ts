import { afterAll } from 'vitest';
import { refuseStrangeFrames } from './frames.js';

// Run anew for each test file, as modules are not: whatever its sockets receive and emit is described.
afterAll(refuseStrangeFrames);
