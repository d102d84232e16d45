import { Extension } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import Suggestion, { type SuggestionProps } from "@tiptap/suggestion";
import type { OffersState } from "./Offers";
import type { PillOffer } from "./pill-catalogue";
import type { PillNames } from "./pill-node";

/** `@` offers attributes and actions, `{` offers values: both put a pill into the sentence. */
export function offerSuggestions(names: PillNames, show: (state: OffersState | null) => void) {
  return Extension.create({
    name: "offers",
    addProseMirrorPlugins() {
      return (["@", "{"] as const).map((char) =>
        Suggestion<PillOffer, PillOffer>({
          editor: this.editor,
          char,
          pluginKey: new PluginKey(`offers-${char}`),
          allowSpaces: false,
          allowedPrefixes: char === "@" ? [" ", "(", "“", '"', ",", "\u00a0"] : null,
          items: ({ query }) => names.catalogue.find(query, char === "@" ? "any" : "value"),
          command: ({ editor, range, props }) => {
            const follows = editor.state.doc.textBetween(
              range.to,
              Math.min(range.to + 1, editor.state.doc.content.size),
              "\n",
              " ",
            );
            editor
              .chain()
              .focus()
              .insertContentAt(range, [
                { type: "pill", attrs: { written: props.written } },
                ...(/^[\s.,;:!?)]/.test(follows) ? [] : [{ type: "text", text: " " }]),
              ])
              .run();
          },
          render: () => drawOffers(show),
        }),
      );
    },
  });
}

function drawOffers(show: (state: OffersState | null) => void) {
  let at = 0;
  let current: SuggestionProps<PillOffer, PillOffer> | null = null;
  const draw = () => {
    const props = current;
    if (!props) return show(null);
    const count = props.items.length;
    at = Math.max(0, Math.min(at, count - 1));
    show({
      items: props.items,
      query: props.query,
      chosen: at,
      rect: props.clientRect?.() ?? null,
      pick: (offer) => props.command(offer),
      clear: () => props.editor.chain().focus().deleteRange(props.range).run(),
    });
  };
  return {
    onStart: (props: SuggestionProps<PillOffer, PillOffer>) => {
      current = props;
      at = 0;
      draw();
    },
    onUpdate: (props: SuggestionProps<PillOffer, PillOffer>) => {
      current = props;
      draw();
    },
    onKeyDown: ({ event }: { event: KeyboardEvent }) => {
      const count = current?.items.length ?? 0;
      if (event.key === "Escape") {
        current = null;
        draw();
        event.stopPropagation();
        return true;
      }
      if (!current || count === 0) return false;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        at = (at + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
        draw();
        return true;
      }
      if (event.key === "Enter" || event.key === "Tab") {
        const offer = current.items[at];
        if (offer) current.command(offer);
        return true;
      }
      return false;
    },
    onExit: () => {
      current = null;
      draw();
    },
  };
}
