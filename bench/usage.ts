/** What `pnpm bench --help` prints. */
export const USAGE = `pnpm bench [options]
  Measures Causerie and a bare server in turn, on one PostgreSQL, and reports the ratios. Takes about 15 minutes.
  --workload name   runs only this workload; may be repeated (all)
  --list            lists the workloads
  --quick           little data and short slices: shows that the benchmark works; its figures mean nothing
  --rounds n        pairs of slices for each workload (16)
  --slice ms        length of a slice in milliseconds (2000)
  --self            compares the bare server with itself: shows what the method finds between two equal servers
  --before folder   compares with another built checkout of Causerie instead of the bare server
  --cores n         number of cores that everything shares (2); 0 means all
  --out folder      folder for the results (bench/results for a full run, else none are written)
  --cpu-prof folder writes a CPU profile of Causerie to this folder
  --postgres url    uses an existing PostgreSQL instead of an embedded one (or BENCH_POSTGRES)
  --help, --version
`;
