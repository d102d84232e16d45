import { Tooltip } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";
import { Kbd } from "./Kbd";
import { tipOf } from "./Tip";
import { watchTips } from "./tip-watch";

/** Shows the tooltips of the whole program, one at a time. */
export function Tips() {
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => watchTips(setElement), []);
  if (!element) return null;
  const { label, shortcut, side } = tipOf(element);
  return (
    <Tooltip.Root open onOpenChange={(open) => open || setElement(null)}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={element} side={side} sideOffset={6} className="z-50">
          <Tooltip.Popup className="floating pointer-events-none flex max-w-72 items-center gap-2 rounded-md! px-2 py-1 text-12 text-ink">
            {label}
            {shortcut ? <Kbd keys={shortcut} /> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
