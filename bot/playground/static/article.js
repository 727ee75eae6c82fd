/** One message: who wrote it, when, what, and the way into its thread. */

import { avatar } from "./avatar.js";
import { h, icon } from "./dom.js";
import { keepPlace } from "./forms.js";
import { clock, full, machine } from "./times.js";

/** Writes a message into its article: the frame once, the content whenever it changes. */
export function fillArticle(app, article, message, thread) {
  const name = app.names.user(message.user, message.bot ? app.store.data.coach.name : "");
  article.setAttribute("aria-label", `${name}, ${clock(message.ts)}`);
  article.classList.toggle("is-private", message.ephemeral);
  article.classList.toggle("is-parent", message.ts === thread);
  keepPlace(article, () => {
    const content = h(
      "div",
      { class: "content" },
      app.platform.contentOf(message, () => content),
    );
    const foot = h("div", { class: "message-foot" });
    article.replaceChildren(
      avatar(message.user, name, message.user === app.store.data.coach.id),
      h(
        "div",
        { class: "message-body" },
        head(message, name),
        message.ephemeral && h("p", { class: "private-note" }, icon("eye"), app.platform.privateNote),
        content,
        foot,
      ),
    );
    if (thread || message.ephemeral || !app.platform.hasThreads(message.channel)) return;
    article.append(
      h(
        "div",
        { class: "message-tools" },
        threadButton(
          app,
          message,
          { class: "icon-button", "aria-label": "Open thread", title: "Open thread" },
          icon("reply"),
        ),
      ),
    );
    countReplies(app, article, message);
  });
}

function head(message, name) {
  return h(
    "div",
    { class: "message-head" },
    h("strong", { class: "author" }, name),
    message.bot && h("span", { class: "badge" }, "APP"),
    h("time", { datetime: machine(message.ts), title: full(message.ts) }, clock(message.ts)),
    message.edited && h("span", { class: "quiet" }, "(edited)"),
  );
}

function threadButton(app, message, attributes, ...children) {
  const open = () => app.go({ channel: message.channel, thread: message.ts });
  const expanded = String(app.place().thread === message.ts);
  return h(
    "button",
    { type: "button", "aria-controls": "thread", "aria-expanded": expanded, onclick: open, ...attributes },
    children,
  );
}

/** Writes under a message how many replies it has, if any. */
export function countReplies(app, article, message) {
  const foot = article.querySelector(".message-foot");
  const replies = app.store.replies(message.channel, message.ts);
  const count = `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`;
  if (foot.firstChild?.dataset.count === count) return;
  const focused = foot.contains(document.activeElement);
  const last = replies.at(-1);
  foot.replaceChildren(
    ...(last
      ? [
          threadButton(
            app,
            message,
            { class: "reply-count", "data-count": count },
            count,
            h("span", { class: "quiet" }, ` last at ${clock(last.ts)}`),
          ),
        ]
      : []),
  );
  if (focused) (foot.querySelector("button") ?? article).focus();
}
