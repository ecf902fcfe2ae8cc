import { setFlagsFromString } from 'node:v8';

// Set before any code is compiled. V8 records the sites whose objects live long, and then allocates these in the old
// generation; while a server starts, all objects live long. An object that such a site allocates for a request would
// then keep the whole request alive until a full garbage collection (docs/performance.md).
setFlagsFromString('--no-allocation-site-pretenuring');
