import { Outlet, useNavigate } from "@tanstack/react-router";
import {
  BookOpenText,
  Cable,
  ChartColumn,
  Inbox,
  Keyboard,
  ListChecks,
  Moon,
  Rocket,
  Settings,
  Sparkles,
  Sun,
  Unplug,
  Users,
  Zap,
} from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { workspaceNews } from "@/api/workspace-news";
import { later, useOnceTrue } from "@/parts/Later";
import { useShortcuts } from "@/parts/shortcuts";
import { useOffer, usePaletteEntries } from "./commands";
import { setPreferences } from "./preferences";
import { Rail } from "./Rail";

const CommandPalette = later(async () => (await import("@/parts/CommandPalette")).CommandPalette);
const ShortcutList = later(async () => (await import("./ShortcutList")).ShortcutList);

/** Rail at the left, the screen beside it, the palette over everything. */
export function Frame() {
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const paletteUsed = useOnceTrue(palette);
  const shortcutsUsed = useOnceTrue(shortcuts);
  const go = useNavigate();
  useEffect(() => workspaceNews.follow(), []);
  useShortcuts({
    "Mod+K": () => setPalette((open) => !open),
    "?": () => setShortcuts(true),
  });
  useOffer([
    {
      id: "go-tasks",
      group: "Go to",
      label: "Tasks",
      icon: <ListChecks size={16} />,
      onSelect: () => void go({ to: "/tasks" }),
    },
    {
      id: "go-actions",
      group: "Go to",
      label: "Actions",
      icon: <Zap size={16} />,
      onSelect: () => void go({ to: "/actions" }),
    },
    {
      id: "go-knowledge",
      group: "Go to",
      label: "Knowledge",
      keywords: "articles answers questions help center",
      icon: <BookOpenText size={16} />,
      onSelect: () => void go({ to: "/knowledge" }),
    },
    {
      id: "go-inbox",
      group: "Go to",
      label: "Inbox",
      keywords: "conversations customers log",
      icon: <Inbox size={16} />,
      onSelect: () => void go({ to: "/inbox" }),
    },
    {
      id: "go-reports",
      group: "Go to",
      label: "Reports",
      keywords: "figures resolution rate statistics",
      icon: <ChartColumn size={16} />,
      onSelect: () => void go({ to: "/reports" }),
    },
    {
      id: "go-automate",
      group: "Go to",
      label: "What to automate next",
      icon: <Sparkles size={16} />,
      onSelect: () => void go({ to: "/reports", search: { page: "automate" } }),
    },
    {
      id: "go-live",
      group: "Go to",
      label: "Go live",
      keywords: "server deploy channel",
      icon: <Rocket size={16} />,
      onSelect: () => void go({ to: "/go-live" }),
    },
    {
      id: "go-teams",
      group: "Go to",
      label: "Teams",
      icon: <Users size={16} />,
      onSelect: () => void go({ to: "/settings/$page", params: { page: "teams" } }),
    },
    {
      id: "go-channel",
      group: "Go to",
      label: "Channel",
      icon: <Cable size={16} />,
      keywords: "api app key callback events",
      onSelect: () => void go({ to: "/channel" }),
    },
    {
      id: "go-settings",
      group: "Go to",
      label: "Settings",
      icon: <Settings size={16} />,
      keywords: "preferences appearance workspace backup",
      onSelect: () => void go({ to: "/settings" }),
    },
    {
      id: "light",
      group: "Appearance",
      label: "Light",
      keywords: "theme",
      icon: <Sun size={16} />,
      onSelect: () => setPreferences({ theme: "light" }),
    },
    {
      id: "dark",
      group: "Appearance",
      label: "Dark",
      keywords: "theme night",
      icon: <Moon size={16} />,
      onSelect: () => setPreferences({ theme: "dark" }),
    },
    {
      id: "keys",
      group: "Help",
      label: "Keyboard shortcuts",
      shortcut: "?",
      icon: <Keyboard size={16} />,
      onSelect: () => setShortcuts(true),
    },
  ]);
  const entries = usePaletteEntries();
  return (
    <div className="flex h-full narrow:flex-col-reverse">
      <Rail onPalette={() => setPalette(true)} />
      <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
        <Trouble />
        <Outlet />
      </main>
      {paletteUsed ? (
        <CommandPalette.Component
          open={palette}
          onClose={() => setPalette(false)}
          entries={entries}
        />
      ) : null}
      {shortcutsUsed ? (
        <ShortcutList.Component open={shortcuts} onClose={() => setShortcuts(false)} />
      ) : null}
    </div>
  );
}

const troubles = {
  silent: "Taskwright is not answering. What you write stays here and is saved once it is back.",
  signed_out: "This page is no longer signed in. Open it again from Taskwright.",
};

/** Says that the program does not answer, for as long as it does not. */
function Trouble() {
  const trouble = useSyncExternalStore(workspaceNews.watch, workspaceNews.trouble);
  if (!trouble) return null;
  return (
    <p
      role="status"
      className="flex shrink-0 items-center gap-2 border-b border-amber-line bg-amber-surface px-4 py-1.5 text-12 text-amber"
    >
      <Unplug size={14} className="shrink-0" aria-hidden />
      {troubles[trouble]}
    </p>
  );
}
