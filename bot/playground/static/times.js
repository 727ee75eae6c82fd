/** Slack's timestamps (seconds since 1970 with six decimals, as text) in words, by the clocks of one zone. */

const MILLISECONDS_A_DAY = 86_400_000;

const formats = (timeZone) => ({
  clock: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }),
  day: new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone }),
  full: new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone }),
  iso: new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }),
});

let shown = formats();
let aheadMilliseconds = 0;

/** Tells by whose clocks: the zone of the person at the keyboard, as their profile has it. */
export function setZone(zone) {
  shown = formats(zone);
}

/** Tells what time it is in the workspace, whose clock may be ahead of this machine's. */
export function setNow(now) {
  aheadMilliseconds = now * 1000 - Date.now();
}

/** What time it is in the workspace, in seconds since 1970. */
export const nowSeconds = () => (Date.now() + aheadMilliseconds) / 1000;

export const seconds = (ts) => Number.parseFloat(ts) || 0;
const date = (ts) => new Date(seconds(ts) * 1000);

/** Hour and minute, such as 09:41. */
export const clock = (ts) => shown.clock.format(date(ts));

/** Day and time in full. */
export const full = (ts) => shown.full.format(date(ts));

/** For a `time` element. */
export const machine = (ts) => date(ts).toISOString();

/** Today, Yesterday, or a day such as Monday 2 March. */
export function day(ts) {
  const start = (one) => Date.parse(shown.iso.format(one));
  const ago = Math.round((start(new Date(nowSeconds() * 1000)) - start(date(ts))) / MILLISECONDS_A_DAY);
  return ["Today", "Yesterday"][ago] ?? shown.day.format(date(ts));
}
