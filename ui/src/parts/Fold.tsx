import { ChevronRight } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { cx } from "./class-names";

/** A heading that opens what stands below it. */
export function Fold({
  title,
  aside,
  startOpen = false,
  open: given,
  onOpenChange,
  children,
  className,
}: {
  title: ReactNode;
  aside?: ReactNode;
  startOpen?: boolean;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
  className?: string;
}) {
  const [own, setOwn] = useState(startOpen);
  const open = given ?? own;
  const id = useId();
  return (
    <section className={className}>
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => {
            setOwn(!open);
            onOpenChange?.(!open);
          }}
          className="flex min-w-0 flex-1 items-center gap-1.5 rounded-sm py-1 text-left text-13 font-medium"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={cx("shrink-0 text-faint transition-transform", open && "rotate-90")}
          />
          {title}
        </button>
        {aside}
      </div>
      <div id={id} hidden={!open}>
        {open ? children : null}
      </div>
    </section>
  );
}
