/** One calm sentence at the top of the page when something is wrong. */

import { h, icon } from "./dom.js";
import { StoppedError } from "./server.js";

const STOPPED = "The workspace has stopped. Start it again with make run.";

export class Banner {
  #place;
  #isStopped = false;

  constructor(place) {
    this.#place = place;
  }

  stopped() {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#place.replaceChildren(h("p", {}, STOPPED));
  }

  /** The workspace is there again. */
  running() {
    if (this.#isStopped) this.#place.replaceChildren();
    this.#isStopped = false;
  }

  /** Something was taken since: an error before it is no longer news. */
  clear() {
    if (!this.#isStopped) this.#place.replaceChildren();
  }

  /** Tells of an error until it is dismissed, something is taken, or the next one comes. */
  report(error) {
    if (error instanceof StoppedError) {
      this.stopped();
      return;
    }
    const dismiss = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "Dismiss",
        onclick: () => this.#place.replaceChildren(),
      },
      icon("close"),
    );
    this.#place.replaceChildren(h("p", {}, error.message), dismiss);
  }
}
