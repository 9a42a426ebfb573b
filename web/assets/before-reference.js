// Read before the reference component: its checks must not try to make code out of strings, which the page forbids.
globalThis.__zod_globalConfig = {jitless: true};
