/** `ours` trials of each way for this package, `peers` for the others; the outage in real time. */
export const FULL = { queued: 1_000, ours: 200, peers: 20, kills: 100, peerKills: 20, outageMs: 60_000, atOnce: 3 };
/** For CI: that every trial still works, and a crash loses nothing. */
export const QUICK = { queued: 200, ours: 2, peers: 1, kills: 3, peerKills: 1, outageMs: 6_000, atOnce: 2 };
