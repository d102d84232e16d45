import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { Button } from "./Button";

/** A layer that wants an answer. Escape closes it and focus returns to where it was. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  footer,
  width = 520,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  width?: number;
}) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="scrim z-40" />
        <Base.Popup
          ref={popup}
          initialFocus={() =>
            popup.current?.querySelector<HTMLElement>("[data-first]") ?? popup.current
          }
          style={{ width }}
          className="floating fixed top-[12vh] left-1/2 z-40 flex max-h-[76vh] narrow:top-4 narrow:max-h-[calc(100vh-32px)] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col"
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-15 font-semibold">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-0.5 text-13 text-muted">
                  {description}
                </Base.Description>
              ) : null}
            </div>
            {/* No tooltip here: it would take the first Escape for itself. */}
            <Button look="quiet" aria-label="Close" onClick={onClose} className="-mr-2 w-7.5 px-0!">
              <X size={16} aria-hidden />
            </Button>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          {footer ? (
            <footer className="flex items-center justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
