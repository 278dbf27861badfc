/// Every benchmark there is; to add one, write a file that makes it and name it here.
let benchmarks: [Benchmark] = [
  .scanner, .edits, .route, .prepare, .event, .call, .start, .load, .gateway,
  .servers,
]
