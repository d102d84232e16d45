import { mergeAttributes, Node } from "@tiptap/core";
import type { PillCatalogue, PillLook } from "./pill-catalogue";

/** Lives beside one editor: the current names, and who wants to hear when they change. */
export class PillNames {
  private listeners = new Set<() => void>();
  constructor(public catalogue: PillCatalogue) {}

  replace(catalogue: PillCatalogue): void {
    if (catalogue === this.catalogue) return;
    this.catalogue = catalogue;
    for (const listener of this.listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Icon outlines (lucide), drawn without React because a page may hold hundreds of pills. */
const icons: Record<PillLook, string> = {
  attribute:
    "M12.586 2.586A2 2 0 0 0 11.172 2H4a2 2 0 0 0-2 2v7.172a2 2 0 0 0 .586 1.414l8.704 8.704a2.426 2.426 0 0 0 3.42 0l6.58-6.58a2.426 2.426 0 0 0 0-3.42z M7.5 7.5h.01",
  field: "M4 6h16 M4 12h16 M4 18h10",
  action:
    "M4 14a1 1 0 0 1-.78-1.63l9.9-10.2a.5.5 0 0 1 .86.46l-1.92 6.02A1 1 0 0 0 13 10h7a1 1 0 0 1 .78 1.63l-9.9 10.2a.5.5 0 0 1-.86-.46l1.92-6.02A1 1 0 0 0 11 14z",
  unknown: "M12 8v5 M12 16.5h.01 M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
};

function drawPill(element: HTMLElement, names: PillNames, written: string): void {
  const meaning = names.catalogue.meaning(written);
  element.className = `pill pill-${meaning.look}`;
  element.title = meaning.about;
  element.dataset["pill"] = written;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", icons[meaning.look]);
  svg.append(path);
  const label = document.createElement("span");
  label.textContent = meaning.label;
  element.replaceChildren(svg, label);
}

/** The inline atom for an attribute, a response field or an action. */
export const Pill = Node.create<{ names: PillNames }>({
  name: "pill",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  draggable: false,
  addAttributes() {
    return { written: { default: "" } };
  },
  parseHTML() {
    return [
      { tag: "span[data-pill]", getAttrs: (span) => ({ written: span.dataset["pill"] ?? "" }) },
    ];
  },
  renderHTML({ node, HTMLAttributes }) {
    const written = String(node.attrs["written"]);
    return ["span", mergeAttributes(HTMLAttributes, { "data-pill": written }), written];
  },
  renderText({ node }) {
    return String(node.attrs["written"]);
  },
  addNodeView() {
    return ({ node }) => {
      const { names } = this.options;
      const element = document.createElement("span");
      let written = String(node.attrs["written"]);
      const draw = () => drawPill(element, names, written);
      draw();
      const stop = names.onChange(draw);
      return {
        dom: element,
        update: (next) => {
          if (next.type.name !== "pill") return false;
          written = String(next.attrs["written"]);
          draw();
          return true;
        },
        ignoreMutation: () => true,
        destroy: stop,
      };
    };
  },
});
