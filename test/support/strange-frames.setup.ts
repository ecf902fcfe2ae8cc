import { afterAll } from 'vitest';
import { refuseStrangeFrames } from './frames.js';

// A setup file runs for each test file, unlike a module: fails the file when a frame of its sockets is not described.
afterAll(refuseStrangeFrames);
