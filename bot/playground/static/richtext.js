/** `rich_text` blocks as nodes. */

import { h, link } from "./dom.js";
import { mention } from "./mrkdwn.js";

const STYLES = { code: "code", bold: "strong", italic: "em", strike: "del" };

/** @returns {Node[]} */
export function renderRichText(elements, names) {
  return elements.map((element) => part(element, names));
}

function part(element, names) {
  const inner = () => (element.elements ?? []).map((item) => inline(item, names));
  switch (element.type) {
    case "rich_text_list":
      return h(
        element.style === "ordered" ? "ol" : "ul",
        { class: `indent-${Math.min(Number(element.indent) || 0, 4)}` },
        (element.elements ?? []).map((item) =>
          h(
            "li",
            {},
            (item.elements ?? []).map((piece) => inline(piece, names)),
          ),
        ),
      );
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, inner()));
    case "rich_text_quote":
      return h("blockquote", {}, inner());
    default:
      return h("p", { class: "keeps-lines" }, inner());
  }
}

function inline(item, names) {
  switch (item.type) {
    case "link":
      return styled(link(item.url, item.text || item.url), item.style);
    case "user":
      return mention(`@${names.user(item.user_id)}`, item.user_id === names.me);
    case "channel":
      return mention(`#${names.channel(item.channel_id)}`, false);
    case "broadcast":
      return mention(`@${item.range}`, false);
    case "emoji":
      return emoji(item);
    default:
      return styled(item.text ?? item.fallback ?? "", item.style);
  }
}

function styled(content, style = {}) {
  return Object.entries(STYLES).reduce(
    (node, [name, tag]) => (style?.[name] ? h(tag, {}, node) : node),
    content,
  );
}

function emoji({ unicode, name }) {
  const points = String(unicode ?? "")
    .split("-")
    .map((point) => Number.parseInt(point, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff)
    ? String.fromCodePoint(...points)
    : `:${name}:`;
}
