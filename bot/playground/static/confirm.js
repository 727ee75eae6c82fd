/** The question Slack asks before an element with a `confirm` object is used. */

import { freshId, h } from "./dom.js";
import { renderMrkdwn } from "./mrkdwn.js";

/**
 * @param {object} confirm Slack's confirmation dialog object
 * @returns {Promise<boolean>} true if the person goes ahead
 */
export function askConfirm(confirm, names) {
  const title = freshId("confirm");
  const text = confirm.text ?? {};
  const body = text.type === "mrkdwn" ? renderMrkdwn(text.text ?? "", names) : [h("p", {}, text.text ?? "")];
  const answer = (value, label, style) =>
    h(
      "button",
      { type: "button", class: `action ${style ?? ""}`, onclick: () => dialog.close(value) },
      label,
    );
  const dialog = h(
    "dialog",
    { class: "dialog dialog-small", "aria-labelledby": title },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: title, class: "dialog-title" }, confirm.title?.text ?? "Are you sure?"),
    ),
    h("div", { class: "dialog-body prose" }, body),
    h(
      "div",
      { class: "dialog-foot" },
      answer("no", confirm.deny?.text ?? "Cancel"),
      answer("yes", confirm.confirm?.text ?? "Go ahead", confirm.style ?? "primary"),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
