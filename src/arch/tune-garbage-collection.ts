import { setFlagsFromString } from 'node:v8';

// Before anything is compiled. V8 notes at which places what is allocated lives long, and from then on allocates it with
// the old; while a server starts, everything lives long. What such a place allocates for each request would then keep
// all of its request alive until a full garbage collection (docs/performance.md).
setFlagsFromString('--no-allocation-site-pretenuring');
