import { Link, useLocation } from "@tanstack/react-router";
import {
  BookOpenText,
  Cable,
  ChartColumn,
  Inbox,
  ListChecks,
  Rocket,
  Search,
  Settings,
  Workflow,
  Zap,
} from "lucide-react";
import { useEffect, useRef } from "react";
import { Kbd } from "@/parts/Kbd";
import { Tip } from "@/parts/Tip";

const places = [
  { to: "/tasks", label: "Tasks", Icon: ListChecks },
  { to: "/actions", label: "Actions", Icon: Zap },
  { to: "/knowledge", label: "Knowledge", Icon: BookOpenText },
  { to: "/workflow", label: "Workflow", Icon: Workflow },
  { to: "/inbox", label: "Inbox", Icon: Inbox },
  { to: "/reports", label: "Reports", Icon: ChartColumn },
  { to: "/go-live", label: "Go live", Icon: Rocket },
  { to: "/channel", label: "Channel", Icon: Cable },
  { to: "/settings", label: "Settings", Icon: Settings },
] as const;

const look =
  "inset-focus group flex w-14 shrink-0 flex-col narrow:w-16 items-center gap-0.5 rounded-md py-1.5 text-11 text-muted transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-active data-[status=active]:text-ink";

/** The places of the program, always at the left; below on a narrow screen, where they scroll if they are too many. */
export function Rail({ onPalette }: { onPalette: () => void }) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // Below, the open place may be out of sight.
    const open = nav.current?.querySelector("[data-status=active]");
    open?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label="Places"
      className="flex w-17 shrink-0 flex-col items-center gap-1 border-r border-line bg-canvas py-2 narrow:w-auto narrow:flex-row narrow:overflow-x-auto narrow:border-t narrow:border-r-0 narrow:py-1"
    >
      <Mark />
      {places.map(({ to, label, Icon }) => (
        <Link key={to} to={to} className={look}>
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          {label}
        </Link>
      ))}
      <div className="flex-1 narrow:hidden" />
      <Tip label="Find anything" shortcut="Mod+K" side="right">
        <button type="button" onClick={onPalette} className={look}>
          <Search size={18} strokeWidth={1.75} aria-hidden />
          Find
        </button>
      </Tip>
      <span className="pb-1 narrow:hidden" aria-hidden>
        <Kbd keys="Mod+K" />
      </span>
    </nav>
  );
}

function Mark() {
  return (
    <svg
      viewBox="0 0 32 32"
      className="mt-1 mb-2 size-7 narrow:hidden"
      role="img"
      aria-label="Taskwright"
    >
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M8.5 10h15M16 10v12.5M11 22.5h4.2"
        stroke="white"
        strokeWidth="2.8"
        strokeLinecap="round"
        fill="none"
      />
      <path
        d="m19.2 20.6 1.9 1.9 3.6-4"
        stroke="white"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        fill="none"
      />
    </svg>
  );
}
