/** Slack's timestamps (seconds since 1970 with six decimals, as text) in words. */

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const FULL = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });
const MILLISECONDS_A_DAY = 86_400_000;

export const seconds = (ts) => Number.parseFloat(ts) || 0;
const date = (ts) => new Date(seconds(ts) * 1000);

/** Hour and minute, such as 09:41. */
export const clock = (ts) => CLOCK.format(date(ts));

/** Day and time in full. */
export const full = (ts) => FULL.format(date(ts));

/** For a `time` element. */
export const machine = (ts) => date(ts).toISOString();

/** Today, Yesterday, or a day such as Monday 2 March. */
export function day(ts) {
  const now = new Date();
  const start = (one) => new Date(one.getFullYear(), one.getMonth(), one.getDate()).getTime();
  const ago = Math.round((start(now) - start(date(ts))) / MILLISECONDS_A_DAY);
  return ["Today", "Yesterday"][ago] ?? DAY.format(date(ts));
}
