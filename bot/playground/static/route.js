/** Where in the workspace the page is, as the part of its address after the #. */

/**
 * @typedef {object} Place
 * @property {string} channel "" for the first channel
 * @property {"messages"|"home"} tab
 * @property {string|null} thread the ts of the message whose thread is open
 */

/** @returns {string} such as #/C1, #/D1/home or #/C1/thread/1700000000.000100 */
export function addressOf({ channel, tab = "messages", thread = null }) {
  const parts = ["#", encodeURIComponent(channel)];
  if (tab === "home") parts.push("home");
  if (thread) parts.push("thread", encodeURIComponent(thread));
  return parts.join("/");
}

/** @returns {Place} */
export function parseAddress(hash) {
  const [, channel = "", ...rest] = hash.split("/");
  const at = rest.indexOf("thread");
  return {
    channel: decode(channel),
    tab: rest[0] === "home" ? "home" : "messages",
    thread: at >= 0 && rest[at + 1] ? decode(rest[at + 1]) : null,
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
