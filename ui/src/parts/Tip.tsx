import { cloneElement, type ReactElement } from "react";

type Side = "top" | "bottom" | "left" | "right";

/** What a tooltip says of an element, and on which side of it. */
export interface TipWords {
  label: string;
  shortcut: string | undefined;
  side: Side;
}

/**
 * Gives an element a tooltip: a name and, where there is one, the shortcut that does the same. The element only carries
 * the words; one layer for the whole program (`Tips`) shows them, so that a hundred buttons cost no more than buttons.
 */
export function Tip({
  label,
  shortcut,
  side = "bottom",
  children,
}: {
  label: string;
  shortcut?: string | undefined;
  side?: Side;
  children: ReactElement;
}) {
  const words = { "data-tip": label, "data-tip-keys": shortcut, "data-tip-side": side };
  return cloneElement(children, words as object);
}

/** The words that an element carries. */
export function tipOf({ dataset }: HTMLElement): TipWords {
  return {
    label: dataset["tip"] ?? "",
    shortcut: dataset["tipKeys"],
    side: (dataset["tipSide"] ?? "bottom") as Side,
  };
}
