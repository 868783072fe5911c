// What was looked at, and what was wrong with it. Must not look at anything itself.

/** A count of checks under a name; `end` prints it and sets the exit code: nothing looked at is a failure. */
export function tally(name) {
  const begun = Date.now();
  const failures = [];
  let passed = 0;
  return {
    failures,
    check(what, good) {
      if (good) passed += 1;
      else failures.push(what);
    },
    end() {
      for (const failure of failures) console.error(`FAILED ${name}: ${failure}`);
      console.log(`${name}: ${passed} passed, ${failures.length} failed, ${Math.round((Date.now() - begun) / 1000)} s`);
      process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
    },
  };
}
