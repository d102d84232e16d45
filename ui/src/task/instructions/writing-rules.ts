import { Extension } from "@tiptap/core";
import type { Node as DocNode } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { docToText, lineOf, lineToNodes, pillPattern } from "./pill-text";

const listLine = /^(\s*)([-*]|\d+[.)])\s/;
const headingLine = /^#{1,4}\s/;

/** Typed or pasted `{order_number}` and finished `@get_order` become pills. */
function turnIntoPills(state: EditorState): Transaction | null {
  const changes: { from: number; to: number; node: DocNode }[] = [];
  const { head, empty } = state.selection;
  state.doc.descendants((node, position) => {
    if (!node.isText || !node.text) return true;
    for (const match of node.text.matchAll(pillPattern)) {
      const from = position + match.index;
      const to = from + match[0].length;
      // While a name after @ is still being typed it stays text.
      if (match[0].startsWith("@") && empty && head > from && head <= to) continue;
      const [pill] = lineToNodes(state.schema, match[0]);
      if (pill) changes.push({ from, to, node: pill });
    }
    return false;
  });
  if (changes.length === 0) return null;
  const transaction = state.tr;
  for (const { from, to, node } of changes.toReversed()) transaction.replaceWith(from, to, node);
  return transaction;
}

/** List markers hang in front of their lines and headings look like headings; the text stays plain. */
function lineLooks(doc: DocNode): DecorationSet {
  const looks: Decoration[] = [];
  doc.forEach((paragraph, start) => {
    const first = paragraph.firstChild;
    const text = first?.isText ? (first.text ?? "") : "";
    const list = listLine.exec(text);
    if (list) {
      const depth = Math.floor((list[1] ?? "").replaceAll("\t", "  ").length / 2);
      looks.push(
        Decoration.node(start, start + paragraph.nodeSize, {
          class: "line-list",
          style: `--depth:${Math.min(depth, 8)}`,
        }),
        Decoration.inline(start + 1, start + 1 + list[0].length, { class: "line-marker" }),
      );
    } else if (headingLine.test(text)) {
      looks.push(
        Decoration.node(start, start + paragraph.nodeSize, { class: "line-heading" }),
        Decoration.inline(start + 1, start + 1 + text.indexOf(" ") + 1, { class: "line-marker" }),
      );
    }
  });
  return DecorationSet.create(doc, looks);
}

const looksKey = new PluginKey<DecorationSet>("line-looks");

export interface Highlight {
  from: number;
  to: number;
  className: string;
}

/** Replaces the highlighted stretches, in document positions. */
export const highlightKey = new PluginKey<DecorationSet>("highlights");

/** Everything the page does by itself while one writes. */
export const WritingRules = Extension.create({
  name: "writingRules",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction: (transactions, _old, state) =>
          transactions.some((transaction) => transaction.docChanged) ? turnIntoPills(state) : null,
        props: {
          clipboardTextSerializer: (slice) => docToText(slice.content as unknown as DocNode),
        },
      }),
      new Plugin({
        key: looksKey,
        state: {
          init: (_config, state) => lineLooks(state.doc),
          apply: (transaction, old) => (transaction.docChanged ? lineLooks(transaction.doc) : old),
        },
        props: { decorations: (state) => looksKey.getState(state) },
      }),
      new Plugin({
        key: highlightKey,
        state: {
          init: () => DecorationSet.empty,
          apply: (transaction, old) => {
            const next = transaction.getMeta(highlightKey) as Highlight[] | undefined;
            if (!next) return old.map(transaction.mapping, transaction.doc);
            return DecorationSet.create(
              transaction.doc,
              next.map(({ from, to, className }) =>
                Decoration.inline(from, to, { class: className }),
              ),
            );
          },
        },
        props: { decorations: (state) => highlightKey.getState(state) },
      }),
    ];
  },
  addKeyboardShortcuts() {
    const shift = (direction: 1 | -1) => () => {
      const { state, view } = this.editor;
      const { $head } = state.selection;
      const line = lineOf($head.parent);
      if (!listLine.test(line)) return false;
      const start = $head.start();
      if (direction === 1) view.dispatch(state.tr.insertText("  ", start));
      else if (line.startsWith("  ")) view.dispatch(state.tr.delete(start, start + 2));
      return true;
    };
    return {
      Enter: () => {
        const { state, view } = this.editor;
        const { $head, empty } = state.selection;
        const list = listLine.exec(lineOf($head.parent));
        if (!list || !empty || $head.parentOffset < list[0].length) return false;
        // Enter on an empty item ends the list, as in every editor people know.
        if ($head.parent.content.size === list[0].length) {
          view.dispatch(state.tr.delete($head.start(), $head.end()));
          return true;
        }
        const marker = (list[2] ?? "-").replace(/\d+/, (number) => String(Number(number) + 1));
        const transaction = state.tr.split($head.pos);
        transaction.insertText(`${list[1] ?? ""}${marker} `, transaction.selection.head);
        view.dispatch(transaction.scrollIntoView());
        return true;
      },
      Tab: shift(1),
      "Shift-Tab": shift(-1),
    };
  },
});
