import { Link, useParams } from "@tanstack/react-router";
import {
  Archive,
  Hourglass,
  KeyRound,
  Palette,
  Plug,
  SlidersHorizontal,
  Users,
  Webhook,
} from "lucide-react";
import { useEffect, useRef } from "react";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { AppearancePage } from "./AppearancePage";
import { BackupPage } from "./BackupPage";
import { ConnectionsPage } from "./ConnectionsPage";
import { ConversationsPage } from "./ConversationsPage";
import { SecretsPage } from "./SecretsPage";
import { TeamsPage } from "./TeamsPage";
import { WebhooksPage } from "./WebhooksPage";
import { WorkspacePage } from "./WorkspacePage";

const pages = [
  { page: "appearance", label: "Appearance", Icon: Palette, Page: AppearancePage },
  { page: "workspace", label: "Workspace", Icon: SlidersHorizontal, Page: WorkspacePage },
  { page: "teams", label: "Teams", Icon: Users, Page: TeamsPage },
  { page: "connections", label: "Connections", Icon: Plug, Page: ConnectionsPage },
  { page: "secrets", label: "Secrets", Icon: KeyRound, Page: SecretsPage },
  { page: "webhooks", label: "Webhooks", Icon: Webhook, Page: WebhooksPage },
  { page: "conversations", label: "Conversations", Icon: Hourglass, Page: ConversationsPage },
  { page: "backup", label: "Backup", Icon: Archive, Page: BackupPage },
];

/** Everything that is set once: the pages at the left, one of them open. */
export function SettingsScreen() {
  const { page } = useParams({ from: "/settings/$page" });
  const Page = pages.find((one) => one.page === page)?.Page ?? AppearancePage;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the pages stand side by side, and the open one may be out of sight.
    const open = nav.current?.querySelector("[data-status=active]");
    open?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [page]);
  return (
    <>
      <ScreenHeader title="Settings" />
      <div className="flex min-h-0 flex-1 narrow:flex-col">
        <nav
          ref={nav}
          aria-label="Settings"
          className="flex w-52 shrink-0 flex-col gap-0.5 border-r border-line p-2 narrow:w-full narrow:flex-row narrow:overflow-x-auto narrow:border-r-0 narrow:border-b"
        >
          {pages.map(({ page, label, Icon }) => (
            <Link
              key={page}
              to="/settings/$page"
              params={{ page }}
              className="inset-focus flex h-8 shrink-0 items-center gap-2 rounded-md px-2 text-muted hover:bg-hover hover:text-ink data-[status=active]:bg-active data-[status=active]:text-ink"
            >
              <Icon size={15} className="narrow:hidden" aria-hidden /> {label}
            </Link>
          ))}
        </nav>
        <div className="min-w-0 flex-1 overflow-y-auto bg-canvas">
          <div className="mx-auto flex max-w-2xl flex-col gap-4 px-6 py-6 narrow:px-3 narrow:py-4">
            <Page />
          </div>
        </div>
      </div>
    </>
  );
}
