/** What people have typed and chosen inside a message or a view, and what is still wrong with it. */

const fields = (root) => [...root.querySelectorAll("[data-field]")];
const valueOf = (field) => (field.show ? field.dataset.value : field.value);

/** @returns {Object<string, Object<string, string>>} text by block id and action id; "" where empty */
export function readState(root) {
  const state = {};
  for (const field of fields(root)) {
    const { blockId, actionId } = field.dataset;
    state[blockId] = { ...state[blockId], [actionId]: valueOf(field) };
  }
  return state;
}

/** Puts back what `readState` gave, wherever the same field still exists. */
export function restoreState(root, state) {
  for (const field of fields(root)) {
    const value = state[field.dataset.blockId]?.[field.dataset.actionId];
    if (value === undefined) continue;
    if (field.show) field.show(value);
    else field.value = value;
  }
}

/** Sentences by block id for inputs that must not be sent as they are. */
export function missing(root) {
  const errors = {};
  for (const field of fields(root)) {
    const value = valueOf(field).trim();
    if (field.hasAttribute("aria-required") && !value) errors[field.dataset.blockId] = "Please fill this in.";
    else if (value && value.length < Number(field.dataset.min ?? 0)) {
      errors[field.dataset.blockId] = `Please write at least ${field.dataset.min} characters.`;
    }
  }
  return errors;
}

/** Shows the sentences beside their inputs, takes the others away, and moves to the first. */
export function showErrors(root, errors) {
  for (const field of fields(root)) {
    const text = errors?.[field.dataset.blockId] ?? "";
    const place = field.closest(".field")?.querySelector(".field-error");
    if (!place) continue;
    place.textContent = text;
    field.toggleAttribute("aria-invalid", Boolean(text));
    if (text) field.setAttribute("aria-invalid", "true");
  }
  root.querySelector("[aria-invalid]")?.focus();
}

/**
 * Replaces a node's children and keeps the person where they were: the same field or button
 * again, or else the node itself.
 */
export function keepPlace(node, replace) {
  const active = node.contains(document.activeElement) ? document.activeElement : null;
  const place = active && placeOf(active);
  const state = readState(node);
  replace();
  restoreState(node, state);
  if (!active || node.contains(document.activeElement)) return;
  (findPlace(node, place) ?? node).focus();
}

function placeOf(active) {
  const block = active.closest("[data-block]")?.dataset.block;
  // Of an hour it is null: only texts have a caret.
  const caret = (active.selectionStart ?? null) === null ? null : [active.selectionStart, active.selectionEnd];
  return { block, action: active.dataset.actionId, label: active.textContent, caret };
}

function findPlace(node, { block, action, label, caret }) {
  if (!action) return null;
  const same = [...node.querySelectorAll("[data-action-id]")].filter(
    (one) => one.dataset.actionId === action,
  );
  const found =
    same.find((one) => one.closest("[data-block]")?.dataset.block === block && one.textContent === label) ??
    same.find((one) => one.textContent === label) ??
    same[0];
  if (found && caret && "setSelectionRange" in found) setTimeout(() => found.setSelectionRange(...caret));
  return found;
}
