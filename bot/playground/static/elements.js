/** Block Kit's interactive elements as nodes. What they do is told to `ctx.act`. */

import { h, icon } from "./dom.js";
import { Menu } from "./menus.js";

/**
 * @typedef {object} Act one use of an element
 * @property {HTMLElement} node what shows that it is busy
 * @property {string} blockId
 * @property {string} actionId
 * @property {string|null} value a button's or option's value, or the typed text
 * @property {object} [confirm] Slack's confirmation object, to be asked first
 * @property {string} [url] opened as well
 */

const BUILDERS = {
  button,
  static_select: select,
  overflow,
  plain_text_input: textInput,
  timepicker: timePicker,
  feedback_buttons: feedback,
  icon_button: iconButton,
};

/**
 * @param {object} element as Slack writes it
 * @param {string} blockId
 * @param {object} ctx see blocks.js
 * @param {{id?: string, describedBy?: string, label?: string, dispatch?: boolean}} field
 *   what an input block around the element knows
 * @returns {Node|null} null where this page does not know the type
 */
export function renderElement(element, blockId, ctx, field = {}) {
  const build = BUILDERS[element.type];
  return build ? build(element, blockId, ctx, field) : null;
}

function button(element, blockId, ctx) {
  const node = h(
    "button",
    {
      type: "button",
      class: ["action", element.style].filter(Boolean).join(" "),
      "data-action-id": element.action_id,
      "aria-label": element.accessibility_label,
      onclick: () =>
        ctx.act({ ...element, node, blockId, actionId: element.action_id, value: element.value ?? null }),
    },
    element.text?.text ?? "",
  );
  return node;
}

function iconButton(element, blockId, ctx) {
  return button({ ...element, style: null }, blockId, ctx);
}

function feedback(element, blockId, ctx) {
  const buttons = [element.positive_button, element.negative_button].filter(Boolean);
  return h(
    "span",
    { class: "feedback" },
    buttons.map((one) => button({ ...one, action_id: element.action_id }, blockId, ctx)),
  );
}

const optionOf = (option) => ({
  text: option.text?.text ?? "",
  value: option.value ?? "",
  description: option.description?.text ?? "",
  url: option.url,
});

function groupsOf(element) {
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return groups.map((group) => ({
    label: group.label?.text ?? "",
    options: (group.options ?? []).map(optionOf),
  }));
}

/** The chosen value stands in `data-value`, where forms.js reads it. */
function select(element, blockId, ctx, field) {
  const groups = groupsOf(element);
  const prompt = element.placeholder?.text ?? "Choose";
  const shown = h("span", { class: "select-text" });
  const naming = field.label ? { "aria-labelledby": field.label } : { "aria-label": prompt };
  const node = h(
    "button",
    {
      type: "button",
      class: "action select",
      role: "combobox",
      "aria-describedby": field.describedBy,
      ...naming,
      ...fieldAttributes(element, blockId, field),
    },
    shown,
    icon("down"),
  );
  node.show = (value) => {
    const option = groups.flatMap((group) => group.options).find((one) => one.value === value);
    node.dataset.value = option?.value ?? "";
    shown.textContent = option?.text ?? prompt;
    shown.classList.toggle("is-placeholder", !option);
  };
  node.show(element.initial_option?.value ?? "");
  const onChoose = ({ value }) => {
    node.show(value);
    if (field.dispatch !== false)
      ctx.act({ node, blockId, actionId: element.action_id, value, confirm: element.confirm });
  };
  return withMenu(node, {
    role: "listbox",
    label: "Options",
    groups,
    chosen: () => node.dataset.value,
    onChoose,
  });
}

function withMenu(node, list) {
  return h("span", { class: "select-box" }, node, new Menu(node, list).element);
}

/** What makes an element a field for forms.js. */
function fieldAttributes(element, blockId, field) {
  return { id: field.id, "data-field": true, "data-block-id": blockId, "data-action-id": element.action_id };
}

function overflow(element, blockId, ctx) {
  const node = h(
    "button",
    {
      type: "button",
      class: "action overflow",
      "aria-label": "More actions",
      "data-action-id": element.action_id,
    },
    icon("more"),
  );
  const onChoose = ({ value, url }) =>
    ctx.act({ node, blockId, actionId: element.action_id, value, confirm: element.confirm, url });
  return withMenu(node, {
    role: "menu",
    label: "More actions",
    groups: groupsOf(element),
    chosen: () => null,
    onChoose,
  });
}

function textInput(element, blockId, ctx, field) {
  const node = h(element.multiline ? "textarea" : "input", {
    class: "text-input",
    ...fieldAttributes(element, blockId, field),
    type: element.multiline ? null : "text",
    rows: element.multiline ? 4 : null,
    autocomplete: "off",
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    "data-min": element.min_length,
    "aria-describedby": field.describedBy,
  });
  node.value = element.initial_value ?? "";
  if (field.dispatch)
    node.addEventListener("keydown", (event) => dispatchOnEnter(event, node, element, blockId, ctx));
  return node;
}

/** Tells its hour once it is complete and the person has moved on, as Slack's own does once it is chosen. */
function timePicker(element, blockId, ctx, field) {
  const naming = field.label ? {} : { "aria-label": element.placeholder?.text ?? "Time" };
  const node = h("input", {
    class: "text-input time-input",
    type: "time",
    value: element.initial_time,
    ...naming,
    ...fieldAttributes(element, blockId, field),
    "aria-describedby": field.describedBy,
  });
  let told = element.initial_time ?? "";
  const tell = () => {
    if (!node.value || node.value === told) return;
    told = node.value;
    ctx.act({ node, blockId, actionId: element.action_id, value: node.value, confirm: element.confirm });
  };
  if (field.dispatch !== false) {
    node.addEventListener("blur", tell);
    node.addEventListener("keydown", ({ key }) => key === "Enter" && tell());
  }
  return node;
}

function dispatchOnEnter(event, node, element, blockId, ctx) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (node.value.trim()) ctx.act({ node, blockId, actionId: element.action_id, value: node.value });
}
