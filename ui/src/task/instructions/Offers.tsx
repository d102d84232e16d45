import { Plus, Tag, Text, Zap } from "lucide-react";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { cx } from "@/parts/class-names";
import type { PillLook, PillOffer } from "./pill-catalogue";

export interface OffersState {
  items: PillOffer[];
  query: string;
  chosen: number;
  rect: DOMRect | null;
  pick: (offer: PillOffer) => void;
  /** Takes away what was typed after the sign. */
  clear: () => void;
}

const icons: Record<PillLook, typeof Tag> = {
  attribute: Tag,
  field: Text,
  action: Zap,
  unknown: Tag,
};
const tints: Record<PillLook, string> = {
  attribute: "text-pill-attribute",
  field: "text-pill-field",
  action: "text-pill-action",
  unknown: "text-amber",
};

/** The list under the caret: what could stand here. The text keeps focus. */
export function Offers({
  state,
  onPick,
  onMake,
}: {
  state: OffersState;
  onPick: (offer: PillOffer) => void;
  onMake?: (name: string) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [state.chosen]);
  if (!state.rect) return null;
  const below = state.rect.bottom + 280 < window.innerHeight;
  const place = below
    ? { top: state.rect.bottom + 6 }
    : { bottom: window.innerHeight - state.rect.top + 6 };
  return createPortal(
    <div
      ref={list}
      role="listbox"
      aria-label="Insert an attribute or action"
      className="floating fixed z-50 max-h-68 w-80 overflow-y-auto p-1"
      style={{ left: Math.min(state.rect.left, window.innerWidth - 340), ...place }}
    >
      {state.items.map((offer, index) => {
        const Icon = icons[offer.look];
        return (
          <div key={offer.written} role="presentation">
            {offer.group !== state.items[index - 1]?.group ? (
              <div role="presentation" className="px-2 pt-1.5 pb-1 text-11 font-medium text-faint">
                {offer.group}
              </div>
            ) : null}
            <div
              role="option"
              tabIndex={-1}
              aria-selected={index === state.chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                onPick(offer);
              }}
              className={cx(
                "flex items-center gap-2 rounded-md px-2 py-1",
                index === state.chosen ? "bg-hover" : "hover:bg-subtle",
              )}
            >
              <Icon size={14} className={cx("shrink-0", tints[offer.look])} aria-hidden />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-13">{offer.label}</span>
                <span className="block truncate text-12 text-faint">{offer.about}</span>
              </span>
            </div>
          </div>
        );
      })}
      {state.items.length === 0 ? (
        <p className="px-2 py-1.5 text-12 text-muted">Nothing is called “{state.query}” yet.</p>
      ) : null}
      {onMake && state.query && state.items.length === 0 ? (
        <button
          type="button"
          onPointerDown={(event) => {
            event.preventDefault();
            onMake(state.query.replaceAll("_", " "));
          }}
          className="flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-13 text-accent-text hover:bg-hover"
        >
          <Plus size={14} aria-hidden />
          Make the attribute “{state.query.replaceAll("_", " ")}”
        </button>
      ) : null}
    </div>,
    document.body,
  );
}
