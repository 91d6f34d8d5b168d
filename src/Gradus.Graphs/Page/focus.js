// The one node of the picture that the tab key comes to.
import { reveal } from "./camera.js";
import { shapeOf } from "./picture.js";
import { focused } from "./state.js";

export function focusNode(node) {
  if (!shapeOf(node)) return;
  if (focused.node) shapeOf(focused.node)?.setAttribute("tabindex", -1);
  focused.node = node;
  shapeOf(node).setAttribute("tabindex", 0);
  shapeOf(node).focus();
  reveal(shapeOf(node));
}
