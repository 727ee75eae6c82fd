/** What people do, sent to the server; whatever goes wrong is told in the banner. */

import { askConfirm } from "./confirm.js";
import { webAddress } from "./dom.js";
import { readState } from "./forms.js";
import { post } from "./server.js";

/** After this long a button can be used again even if nothing came back. */
const BUSY_MILLISECONDS = 4000;

/**
 * @param {object} store
 * @param {object} names
 * @param {(error: Error) => void} report
 */
export function createActions(store, names, report) {
  /** Resolves to whether the server took it. */
  const tell = (path, body) => post(path, body).then(() => true, (error) => { report(error); return false; });

  /** Marks a control busy until the workspace sends any news. A second use meanwhile is ignored. */
  const whileBusy = async (node, work) => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    const done = () => {
      node.removeAttribute("aria-busy");
      clearTimeout(timer);
      unsubscribe();
    };
    const timer = setTimeout(done, BUSY_MILLISECONDS);
    const unsubscribe = store.subscribe(done);
    if (!(await work())) done();
  };

  const act = async (container, root, { node, blockId, actionId, value, confirm, url }) => {
    if (confirm && !(await askConfirm(confirm, names))) return;
    const address = url && webAddress(url);
    if (address) window.open(address, "_blank", "noopener,noreferrer");
    const body = { container, block_id: blockId, action_id: actionId, value, state: readState(root()) };
    await whileBusy(node, () => tell("/ui/click", body));
  };

  return {
    whileBusy,
    send: (channel, text, thread = null) => tell("/ui/send", { channel, text, thread_ts: thread }),
    submit: (view, state) => tell("/ui/submit", { view_id: view, state }),
    close: (view) => tell("/ui/close", { view_id: view }),
    openTab: (tab) => tell("/ui/home", { tab }),
    /**
     * What the elements of one message or view call when they are used.
     * @param {object} container as the server wants it
     * @param {() => HTMLElement} root holds the fields whose values go along
     */
    actIn: (container, root) => (use) => act(container, root, use),
  };
}
