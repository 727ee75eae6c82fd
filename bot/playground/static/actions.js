/** What people do, sent to the server; whatever goes wrong is told in the banner. */

import { askConfirm } from "./confirm.js";
import { webAddress } from "./dom.js";
import { readState } from "./forms.js";
import { post } from "./server.js";

/** After this long a button can be used again even if nothing came back. */
const BUSY_MILLISECONDS = 4000;

export class Actions {
  store;
  #names;
  #banner;

  /**
   * @param {object} store
   * @param {object} names
   * @param {import("./banner.js").Banner} banner
   */
  constructor(store, names, banner) {
    this.store = store;
    this.#names = names;
    this.#banner = banner;
  }

  send(channel, text, thread = null) {
    return this.tell("/ui/send", { channel, text, thread_ts: thread });
  }

  submit(view, state) {
    return this.tell("/ui/submit", { view_id: view, state });
  }

  close(view) {
    return this.tell("/ui/close", { view_id: view });
  }

  /** Puts the workspace's clock forward. */
  jump(to) {
    return this.tell("/ui/jump", { to });
  }

  openTab(tab) {
    return this.tell("/ui/home", { tab });
  }

  /**
   * What the elements of one message or view call when they are used (see Act in elements.js).
   * @param {object} container as the server wants it
   * @param {() => HTMLElement} root holds the fields whose values go along
   */
  actIn(container, root) {
    return async ({ node, blockId, actionId, value, confirm, url }) => {
      if (confirm && !(await askConfirm(confirm, this.#names))) return;
      const address = url && webAddress(url);
      if (address) window.open(address, "_blank", "noopener,noreferrer");
      const body = { container, block_id: blockId, action_id: actionId, value, state: readState(root()) };
      await this.whileBusy(node, () => this.tell("/ui/click", body));
    };
  }

  /** Marks a control busy until the workspace sends any news. A second use meanwhile is ignored. */
  async whileBusy(node, work) {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    const done = () => {
      node.removeAttribute("aria-busy");
      clearTimeout(timer);
      unsubscribe();
    };
    const timer = setTimeout(done, BUSY_MILLISECONDS);
    const unsubscribe = this.store.subscribe(({ type }) => type !== "read" && done());
    if (!(await work())) done();
  }

  /** Resolves to whether the server took it. */
  async tell(path, body) {
    try {
      await post(path, body);
      this.#banner.clear();
      return true;
    } catch (error) {
      this.#banner.report(error);
      return false;
    }
  }
}
