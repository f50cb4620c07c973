'use strict';
// A program with Node's fetch, and error-hook's reporter installed: its file, seconds, URLs.
const { argv } = process;
require(argv[2]).install({ waitForHint: 15_000, log: (line) => console.log(`WARN ${line}`) });

(async () => {
  for (const url of argv.slice(4)) {
    console.log(`== ${url}`);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(argv[3] * 1000) });
      await response.arrayBuffer();
    } catch (error) {
      await new Promise((resolve) => { setTimeout(resolve, error.netverdict ? 0 : 4_000); });
      console.log('ERROR', error);
    }
  }
})();
