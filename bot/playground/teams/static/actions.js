/** What people do in Teams, sent to the server. */

import { Actions } from "/static/actions.js";

export const BASE = "/ui/teams";

export class TeamsActions extends Actions {
  /** @param {string|null} thread the ts of the message that it begins with */
  send(channel, text, thread = null) {
    const root = thread && this.#idOf(channel, thread);
    return this.tell(`${BASE}/send`, { channel, text, thread: root });
  }

  /** @param {object} action a button's title and verb, and its data with what stands in the fields */
  press({ channel, id }, action) {
    return this.tell(`${BASE}/press`, { channel, message: id, action });
  }

  /** @param {"like"|"dislike"} reaction */
  judge({ channel, id }, reaction) {
    return this.tell(`${BASE}/judge`, { channel, message: id, reaction });
  }

  jump(to) {
    return this.tell(`${BASE}/jump`, { to });
  }

  #idOf(channel, ts) {
    return this.store.message(channel, ts)?.id ?? null;
  }
}
