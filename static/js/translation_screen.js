// Two texts that wagtail-localize's script writes in English, whatever the colleague's language.
"use strict";

const { actions, heading, source, target } = document.currentScript.dataset;
const OWN = `${source} to ${target} translation`;

function translate(node) {
  if (node.nodeValue === "More actions") node.nodeValue = actions;
  if (node.nodeValue === OWN) node.nodeValue = heading;
}

function translateBelow(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) translate(texts.currentNode);
}

document.addEventListener("DOMContentLoaded", () => {
  const editor = document.querySelector("main");
  new MutationObserver(() => translateBelow(editor)).observe(editor, {
    childList: true,
    subtree: true,
  });
  translateBelow(editor);
});
