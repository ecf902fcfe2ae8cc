/** What `pnpm bench --help` prints. */
export const USAGE = `pnpm bench [options]
  Measures Causerie and a bare server in turns, on one PostgreSQL, and reports how they compare: about 15 minutes.
  --workload name   only this one; again for each more (all)
  --list            names the workloads
  --quick           small data and short slices: whether it works, not how fast
  --rounds n        pairs of slices for each workload (16)
  --slice ms        how long a slice lasts (2000)
  --self            the bare server against itself: what the method finds between two that are the same
  --before folder   another checkout of Causerie, built, in the place of the bare server
  --cores n         that everything shares (2); 0: all there are
  --out folder      for the results; by itself those of a full run go to bench/results
  --cpu-prof folder for a CPU profile of Causerie
  --postgres url    an existing PostgreSQL instead of an embedded one; BENCH_POSTGRES says the same
  --help, --version
`;
