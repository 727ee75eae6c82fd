/** Talks to the workspace's server: the snapshot, the stream of events, and what people do. */

const FIRST_RETRY_MILLISECONDS = 300;
const RETRY_MILLISECONDS = 2000;
const SENTENCE_CHARACTERS = 300;

/** The server said no; the message is its sentence. */
export class RefusedError extends Error {}

/** The server could not be reached. */
export class StoppedError extends Error {}

/**
 * @param {string} path
 * @param {object} body sent as JSON
 * @throws {RefusedError|StoppedError}
 */
export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  const response = await reach(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new RefusedError(await sentence(response));
}

async function reach(path, request) {
  try {
    return await fetch(path, { cache: "no-store", ...request });
  } catch {
    throw new StoppedError("The workspace does not answer.");
  }
}

async function sentence(response) {
  const text = (await response.text()).trim();
  return text
    ? text.slice(0, SENTENCE_CHARACTERS)
    : `The workspace answered with an error (${response.status}).`;
}

async function fetchState(base) {
  const response = await reach(`${base}/state`, {});
  if (!response.ok) throw new RefusedError(await sentence(response));
  return response.json();
}

/**
 * Follows the workspace until the page goes away. Events that arrive while the snapshot is on its
 * way are applied after it, so none is lost; applying one twice changes nothing.
 *
 * @param {{onState: (snapshot: object) => void, onEvent: (event: object) => void,
 *          onLost: () => void}} listener `onLost` comes once the second attempt has failed as well
 * @param {string} base what the addresses of the platform begin with
 */
export function follow(listener, base = "/ui") {
  connect(listener, base, 0);
}

function connect(listener, base, failures) {
  const source = new EventSource(`${base}/events`);
  const early = [];
  let stage = "opening";
  const again = () => {
    if (stage === "ended") return;
    const failed = stage === "following" ? 0 : failures;
    stage = "ended";
    source.close();
    if (failed > 0) listener.onLost();
    setTimeout(
      () => connect(listener, base, failed + 1),
      failed > 0 ? RETRY_MILLISECONDS : FIRST_RETRY_MILLISECONDS,
    );
  };
  const begin = (snapshot) => {
    if (stage === "ended") return;
    stage = "following";
    listener.onState(snapshot);
    early.forEach(listener.onEvent);
  };
  source.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    if (stage === "following") listener.onEvent(event);
    else early.push(event);
  });
  source.addEventListener("open", () => fetchState(base).then(begin, again));
  source.addEventListener("error", again);
}
