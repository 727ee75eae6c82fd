/**
 * Block Kit as nodes.
 *
 * `ctx` travels through the renderers: {names, act, heading} where `names` turns ids into names,
 * `act` is told of every use of an element (see elements.js), and `heading` is the level (2 to 6)
 * of `header` blocks at this place of the page.
 */

import { freshId, h, link, webAddress } from "./dom.js";
import { renderElement } from "./elements.js";
import { renderMarkdown } from "./markdown.js";
import { renderMrkdwn } from "./mrkdwn.js";
import { renderRichText } from "./richtext.js";

const BUILDERS = {
  header,
  section,
  divider,
  context,
  actions,
  context_actions: actions,
  input,
  image,
  rich_text: richText,
  markdown,
};

/** @returns {HTMLElement[]} */
export function renderBlocks(blocks, ctx) {
  return blocks.map((block) => {
    const node = (BUILDERS[block.type] ?? unknown)(block, ctx);
    node.classList.add("block");
    node.dataset.block = block.block_id ?? "";
    return node;
  });
}

/** A text object as nodes: mrkdwn with its marks, plain_text as it stands. */
function textOf(text, ctx) {
  if (text?.type === "mrkdwn") return h("div", { class: "prose" }, renderMrkdwn(text.text ?? "", ctx.names));
  return h("div", { class: "prose keeps-lines" }, text?.text ?? "");
}

function header(block, ctx) {
  return h(`h${ctx.heading}`, { class: "block-header" }, block.text?.text ?? "");
}

function section(block, ctx) {
  const id = freshId("section");
  const accessory = block.accessory && elementOf(block.accessory, block, ctx, { describedBy: id });
  const body = h("div", { class: "section-body", id }, block.text && textOf(block.text, ctx));
  if (block.fields)
    body.append(
      h(
        "div",
        { class: "section-fields" },
        block.fields.map((field) => textOf(field, ctx)),
      ),
    );
  return h(
    "div",
    { class: "block-section" },
    body,
    accessory && h("div", { class: "section-accessory" }, accessory),
  );
}

function elementOf(element, block, ctx, field) {
  if (element.type === "image") return picture(element);
  return renderElement(element, block.block_id ?? "", ctx, field) ?? unknown(element);
}

function divider() {
  return h("hr");
}

function context(block, ctx) {
  const items = (block.elements ?? []).map((item) =>
    item.type === "image" ? picture(item) : textOf(item, ctx),
  );
  return h("div", { class: "block-context" }, items);
}

function actions(block, ctx) {
  const items = (block.elements ?? []).map((element) => elementOf(element, block, ctx));
  return h("div", { class: "block-actions" }, items);
}

/** In messages only inputs that dispatch reach the app; in views all are sent with the form. */
function input(block, ctx) {
  const [field, label, note] = [freshId("field"), freshId("label"), freshId("note")];
  const element = elementOf(block.element ?? {}, block, ctx, {
    id: field,
    label,
    describedBy: note,
    dispatch: block.dispatch_action === true,
  });
  const control = element.matches("[data-field]") ? element : element.querySelector("[data-field]");
  if (!block.optional) control?.setAttribute("aria-required", "true");
  return h(
    "div",
    { class: "field" },
    h(
      "label",
      { for: field, id: label },
      block.label?.text ?? "",
      block.optional && h("span", { class: "quiet" }, " (optional)"),
    ),
    element,
    h(
      "div",
      { id: note },
      h("p", { class: "field-error", role: "status" }),
      block.hint && h("p", { class: "field-hint" }, block.hint.text),
    ),
  );
}

function image(block) {
  return h("figure", {}, block.title && h("figcaption", {}, block.title.text), picture(block));
}

/** The page may load pictures from itself only, so others are named and linked. */
function picture({ image_url: address, alt_text: alt }) {
  const local =
    String(address).startsWith("data:image/") ||
    webAddress(address)?.startsWith(`${window.location.origin}/`);
  if (local) return h("img", { src: address, alt: alt ?? "" });
  return h("span", { class: "picture" }, "Picture: ", link(address, alt || "no description"));
}

function richText(block, ctx) {
  return h("div", { class: "prose" }, renderRichText(block.elements ?? [], ctx.names));
}

function markdown(block) {
  return h("div", { class: "prose" }, renderMarkdown(block.text ?? ""));
}

function unknown({ type }) {
  return h("p", { class: "quiet" }, `This page does not show “${type}”. Slack does.`);
}
