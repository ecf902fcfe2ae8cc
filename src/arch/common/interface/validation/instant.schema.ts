import { z } from 'zod';

/** Before it a time is a mistake, and PostgreSQL has no year 0. */
const EARLIEST = '1970';

/** A time of the caller's choice, in UTC. */
export const instant = z.iso.datetime().refine((time) => time >= EARLIEST, `must be in ${EARLIEST} or later`);
