/** Builds the page once and keeps it in step with its address and with the workspace. */

import { Actions } from "./actions.js";
import { Banner } from "./banner.js";
import { Conversation } from "./conversation.js";
import { Home } from "./home.js";
import { Modal } from "./modal.js";
import { addressOf, parseAddress } from "./route.js";
import { follow } from "./server.js";
import { Sidebar } from "./sidebar.js";
import { Slack } from "./slack.js";
import { Names, Store } from "./state.js";
import { createTabs } from "./tabs.js";
import { Thread } from "./thread.js";

/** What is typed after @ to reach the coach, whatever its display name. */
const COACH_HANDLE = "coach";

const byId = (id) => document.getElementById(id);
const store = new Store();
const names = new Names(store);
const banner = new Banner(byId("banner"));
const actions = new Actions(store, names, banner);

/** What the parts of the page share. */
const app = {
  store,
  names,
  actions,
  platform: null,
  /** @returns {import("./route.js").Place} with a channel that exists, once there are any */
  place() {
    const place = parseAddress(window.location.hash);
    return store.channel(place.channel)
      ? place
      : { channel: store.data.channels[0]?.id ?? "", tab: "messages", thread: null };
  },
  go(place) {
    window.location.hash = addressOf(place);
  },
  /** Moves to where one goes on in the place that is open. */
  focus() {
    if (byId("home-panel").hidden) conversation?.focus();
    else home.focus();
  },
  completions() {
    const { commands, users, coach, me } = store.data;
    const others = users.filter((user) => !user.bot && user.id !== me.id);
    const people = others.map(({ name, handle }) => ({
      handle: handle ?? name.split(" ")[0].toLowerCase(),
      name,
    }));
    return { commands, people: [{ handle: COACH_HANDLE, name: `${coach.name} (app)` }, ...people] };
  },
};

app.platform = new Slack(app);
const sidebar = new Sidebar(
  app,
  byId("sidebar"),
  byId("menu-button"),
  ["skip", "main", "thread"].map(byId),
);
const thread = new Thread(app, byId("thread"));
const home = new Home(app, byId("home-panel"));
const modal = new Modal(app, document.body);
const showTab = createTabs(byId("tabs"), (tab) => app.go({ channel: app.place().channel, tab }));
let conversation = null;
let shown = { channel: null, tab: null, thread: null };

/** Draws what the address asks for; only what differs from what is shown. */
function arrive() {
  const place = app.place();
  const channel = store.channel(place.channel);
  if (!channel) return;
  const moved = place.channel !== shown.channel;
  const turned = moved || place.tab !== shown.tab;
  if (moved) openChannel(channel);
  if (turned) openTab(channel, place.tab);
  if (moved || place.thread !== shown.thread) openThread(channel, place.thread, turned);
  else if (!turned) app.focus();
  shown = place;
  store.markRead(place.channel);
  sidebar.mark();
  retitle();
}

function openChannel(channel) {
  const isDirect = channel.kind === "im";
  conversation = new Conversation(app, channel);
  byId("channel-title").textContent = app.platform.titleOf(channel);
  byId("channel-about").textContent = isDirect ? "App. Only you can read this conversation." : "";
  byId("tabs").hidden = !isDirect;
  byId("messages-panel").replaceChildren(...conversation.nodes);
  conversation.list.toNewest();
}

function openTab(channel, tab) {
  const isHome = tab === "home";
  byId("messages-panel").hidden = isHome;
  byId("home-panel").hidden = !isHome;
  for (const [id, label] of [
    ["messages-panel", "tab-messages"],
    ["home-panel", "tab-home"],
  ])
    labelPanel(byId(id), label, channel.kind === "im");
  showTab(tab);
  if (channel.kind === "im") actions.openTab(tab);
  if (isHome) home.draw();
  const isBusyElsewhere =
    byId("tabs").contains(document.activeElement) || document.activeElement?.closest("dialog");
  if (!isBusyElsewhere) app.focus();
}

/** Only in the coach's conversation are the panels tabs. */
function labelPanel(panel, tab, isTab) {
  if (isTab) {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab);
  } else {
    panel.removeAttribute("role");
    panel.removeAttribute("aria-labelledby");
  }
}

function openThread(channel, ts, isElsewhere) {
  const hadFocus =
    byId("thread").contains(document.activeElement) || document.activeElement === document.body;
  const isOpen = thread.show(channel, ts);
  byId("workspace").classList.toggle("has-thread", isOpen);
  conversation.list.markThread(isOpen ? ts : null);
  if (isOpen) thread.focus();
  else if (isElsewhere) return;
  else if (hadFocus) conversation.list.focusThreadButton(shown.thread);
  else app.focus();
}

function retitle() {
  const unread = store.data.channels.reduce((total, { id }) => total + store.unread(id), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${byId("channel-title").textContent} – Local workspace`;
}

function onChange(event) {
  if (event.type === "reset") {
    shown = { channel: null, tab: null, thread: null };
    sidebar.draw();
    arrive();
    home.draw();
    modal.draw();
    return;
  }
  if (event.type === "clock") sidebar.tick();
  if (event.type === "home") home.draw();
  if (event.type === "modal") modal.draw();
  conversation?.update(event);
  thread.update(event);
  if (event.type === "message" && !document.hidden) store.markRead(shown.channel);
  if (["message", "read"].includes(event.type)) {
    sidebar.mark();
    retitle();
  }
}

store.subscribe(onChange);
window.addEventListener("hashchange", arrive);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && shown.channel) store.markRead(shown.channel);
});
byId("skip").addEventListener("click", app.focus);
follow({
  onState(snapshot) {
    banner.running();
    store.reset(snapshot);
  },
  onEvent: (event) => store.apply(event),
  onLost: () => banner.stopped(),
});
