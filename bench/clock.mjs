/** Milliseconds of the machine's steady clock, which every process reads alike; `performance.now()` starts at 0 in each. */
export const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again until the answer is truthy; gives back the last answer, also when the time is over. */
export async function until(ask, timeoutMs, pauseMs = 50) {
  const deadlineMs = nowMs() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer || nowMs() > deadlineMs) return answer;
    await sleep(pauseMs);
  }
}
