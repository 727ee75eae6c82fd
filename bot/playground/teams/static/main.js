/** Builds the page once and keeps it in step with its address and with the tenant. */

import { Banner } from "/static/banner.js";
import { Conversation } from "/static/conversation.js";
import { addressOf, parseAddress } from "/static/route.js";
import { follow } from "/static/server.js";
import { Sidebar } from "/static/sidebar.js";
import { Names, Store } from "/static/state.js";
import { Thread } from "/static/thread.js";
import { BASE, TeamsActions } from "./actions.js";
import { onTheme } from "./cards.js";
import { Teams } from "./teams.js";

const ABOUT = {
  im: "App. Only you can read this conversation.",
  group: "Group chat. Everyone in it reads along.",
  channel: "Channel. Answers come in threads.",
};

const byId = (id) => document.getElementById(id);
const store = new Store();
const names = new Names(store);
const banner = new Banner(byId("banner"));
const actions = new TeamsActions(store, names, banner);

/** What the parts of the page share. */
const app = {
  store,
  names,
  actions,
  platform: null,
  place() {
    const place = parseAddress(window.location.hash);
    const known = store.channel(place.channel) ? place : { channel: store.data.channels[0]?.id ?? "" };
    return { thread: null, ...known, tab: "messages" };
  },
  go(place) {
    window.location.hash = addressOf(place);
  },
  /** Moves to where one goes on in the place that is open. */
  focus() {
    conversation?.focus();
  },
  /** In one's own chat there is nothing behind the slash, and nobody to mention. */
  completions() {
    const { commands, users, coach, me } = store.data;
    if (store.channel(app.place().channel)?.kind === "im") return { commands: [], people: [] };
    const others = users.filter(({ id }) => ![me.id, coach.id].includes(id));
    const people = others.map(({ name }) => ({ handle: name.split(" ")[0], name }));
    return { commands, people: [{ handle: coach.name, name: `${coach.name} (app)` }, ...people] };
  },
};

app.platform = new Teams(app);
const sidebar = new Sidebar(
  app,
  byId("sidebar"),
  byId("menu-button"),
  ["skip", "main", "thread"].map(byId),
);
const thread = new Thread(app, byId("thread"));
let conversation = null;
let shown = { channel: null, thread: null };

/** Draws what the address asks for; only what differs from what is shown. */
function arrive() {
  const place = app.place();
  const channel = store.channel(place.channel);
  if (!channel) return;
  const moved = place.channel !== shown.channel;
  if (moved) openChannel(channel);
  if (moved || place.thread !== shown.thread) openThread(channel, place.thread, moved);
  if (moved || !place.thread) app.focus();
  shown = place;
  store.markRead(place.channel);
  sidebar.mark();
  retitle();
}

function openChannel(channel) {
  conversation = new Conversation(app, channel);
  byId("channel-title").textContent = channel.name;
  byId("channel-about").textContent = ABOUT[channel.kind];
  byId("messages-panel").replaceChildren(...conversation.nodes);
  conversation.list.toNewest();
}

function openThread(channel, ts, isElsewhere) {
  const hadFocus = byId("thread").contains(document.activeElement);
  const isOpen = thread.show(channel, ts);
  byId("workspace").classList.toggle("has-thread", isOpen);
  conversation.list.markThread(isOpen ? ts : null);
  if (isOpen) thread.focus();
  else if (hadFocus && !isElsewhere) conversation.list.focusThreadButton(shown.thread);
}

function retitle() {
  const unread = store.data.channels.reduce((total, { id }) => total + store.unread(id), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${byId("channel-title").textContent} – Local Teams`;
}

/** Draws everything anew. */
function redraw() {
  shown = { channel: null, thread: null };
  sidebar.draw();
  arrive();
}

function onChange(event) {
  if (event.type === "reset") {
    redraw();
    return;
  }
  if (event.type === "clock") sidebar.tick();
  conversation?.update(event);
  thread.update(event);
  if (event.type === "message" && !document.hidden) store.markRead(shown.channel);
  if (["message", "read"].includes(event.type)) {
    sidebar.mark();
    retitle();
  }
}

store.subscribe(onChange);
onTheme(redraw);
window.addEventListener("hashchange", arrive);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && shown.channel) store.markRead(shown.channel);
});
byId("skip").addEventListener("click", app.focus);
follow(
  {
    onState(snapshot) {
      banner.running();
      store.reset(snapshot);
    },
    onEvent: (event) => store.apply(event),
    onLost: () => banner.stopped(),
  },
  BASE,
);
