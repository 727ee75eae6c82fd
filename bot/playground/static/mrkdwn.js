/** Slack's mrkdwn as nodes: *bold*, _italic_, ~strike~, `code`, quotes, bullets, mentions, links. */

import { h, link } from "./dom.js";
import { emphasise } from "./inline.js";
import { renderLines } from "./lines.js";

const MARKS = { "*": "strong", _: "em", "~": "del" };
const ENTITIES = { amp: "&", lt: "<", gt: ">" };
const QUOTE = /^(?:>|&gt;) ?/;
const BULLET = /^\s*[-•◦▪]\s/;
/** Marks that end a sentence rather than an address typed into it. */
const TRAILING = new Set(".,;:!?'\")]*_~");

/** Undoes the three escapes that Slack uses, once. */
export function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ENTITIES[name]);
}

/**
 * @param {string} text as it stands in a message: &, < and > escaped
 * @param {{user: (id: string) => string, channel: (id: string) => string, me: string}} names
 * @returns {Node[]}
 */
export function renderMrkdwn(text, names) {
  return renderLines(text, {
    classify,
    code: (text) => unescape(text.replace(/^\n/, "")),
    inline: (line) => emphasise(items(line, names)),
  });
}

function classify(line) {
  if (line.trim() === "") return { kind: "blank", rest: "" };
  if (QUOTE.test(line)) return { kind: "quote", rest: line.replace(QUOTE, "") };
  if (BULLET.test(line)) return { kind: "bullet", rest: line.replace(BULLET, "") };
  return { kind: "text", rest: line };
}

/** Every alternative stops at the next character that could start another: linear on any text. */
function items(line, names) {
  const token = /`([^`]+)`|<([^<>]+)>|\bhttps?:\/\/[^\s<>|`]+|[*_~]/g;
  const out = [];
  let done = 0;
  for (let match = token.exec(line); match; match = token.exec(line)) {
    let piece = match[0];
    const [, code, angle] = match;
    if (!code && !angle && piece.length > 1) piece = address(piece);
    if (match.index > done) out.push(unescape(line.slice(done, match.index)));
    out.push(node(piece, code, angle, names));
    done = match.index + piece.length;
    token.lastIndex = done;
  }
  if (done < line.length) out.push(unescape(line.slice(done)));
  return out;
}

function address(text) {
  let end = text.length;
  while (end > 0 && TRAILING.has(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

function node(piece, code, angle, names) {
  if (code) return h("code", {}, unescape(code));
  if (angle) return reference(angle, names) ?? unescape(piece);
  if (piece in MARKS) return { mark: MARKS[piece], raw: piece };
  return link(unescape(piece), unescape(piece));
}

/** What stands between < and >: a person, a channel, everyone, or a link. Null: none of these. */
function reference(body, names) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? "" : unescape(body.slice(bar + 1));
  if (/^@\w+$/.test(target))
    return mention(`@${names.user(target.slice(1), label)}`, target.slice(1) === names.me);
  if (/^#\w+$/.test(target)) return mention(`#${names.channel(target.slice(1), label)}`, false);
  if (target.startsWith("!")) return mention(special(target.slice(1), label), false);
  if (/^https?:\/\//i.test(target)) return link(unescape(target), label || unescape(target));
  return /^[a-z]+:/i.test(target) ? label || unescape(target) : null;
}

function special(target, label) {
  if (/^(channel|here|everyone)$/.test(target)) return `@${target}`;
  return label || target.split("^")[0];
}

/** A name that stands for a person, a channel or everyone. */
export function mention(text, isMe) {
  return h("span", { class: isMe ? "mention mention-me" : "mention" }, text);
}
