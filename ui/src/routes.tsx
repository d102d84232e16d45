import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { placeOf } from "./api/ahead";
import type { ConversationFilter } from "./api/model";
import { Frame } from "./frame/Frame";
import { ScreenError } from "./frame/ScreenError";
import { fetchLater } from "./parts/Later";
import { TaskList } from "./task/TaskList";
import { TaskPage } from "./task/task-page";

// The list is there at once; what stands behind it is fetched when it is asked for, or the machine is idle. Whoever opens
// a conversation does not wait for the text beside it.
const screens = {
  task: async () => {
    const text = placeOf(location.hash).conversation ? undefined : TaskPage.fetch();
    const [screen] = await Promise.all([import("./task/TaskScreen"), text]);
    return screen;
  },
  workflow: () => import("./workflow/WorkflowScreen"),
  actions: () => import("./actions/ActionScreen"),
  channel: () => import("./channel/ChannelScreen"),
  inbox: () => import("./inbox/InboxScreen"),
  reports: () => import("./reports/ReportsScreen"),
  goLive: () => import("./golive/GoLiveScreen"),
  knowledge: () => import("./knowledge/KnowledgeScreen"),
  settings: () => import("./settings/SettingsScreen"),
};
const TaskScreen = lazyRouteComponent(screens.task, "TaskScreen");
const WorkflowScreen = lazyRouteComponent(screens.workflow, "WorkflowScreen");
const ActionScreen = lazyRouteComponent(screens.actions, "ActionScreen");
const ChannelScreen = lazyRouteComponent(screens.channel, "ChannelScreen");
const InboxScreen = lazyRouteComponent(screens.inbox, "InboxScreen");
const ReportsScreen = lazyRouteComponent(screens.reports, "ReportsScreen");
const GoLiveScreen = lazyRouteComponent(screens.goLive, "GoLiveScreen");
const KnowledgeScreen = lazyRouteComponent(screens.knowledge, "KnowledgeScreen");
const SettingsScreen = lazyRouteComponent(screens.settings, "SettingsScreen");

/** Fetches ahead what the first screen did without, so that opening it never waits. */
export function fetchScreens(): void {
  for (const fetch of Object.values(screens)) fetch().catch(() => undefined);
  fetchLater();
}

/** What is selected in the editor. It lives in the address, so Back, reload and links keep it. */
export interface TaskSearch {
  block?: string | undefined;
  /** A stretch of the block's text, `12-40`, in code points. */
  at?: string | undefined;
  preview?: boolean | undefined;
  problems?: boolean | undefined;
  outline?: boolean | undefined;
  triggers?: boolean | undefined;
  /** A conversation that already exists, opened in the preview. */
  conversation?: string | undefined;
}

export interface ActionSearch {
  /** Opened to be connected. */
  connect?: boolean | undefined;
}

export interface SettingsSearch {
  /** The action whose connection is asked for. */
  action?: string | undefined;
}

/** Which conversations, and which one is open. */
export interface InboxSearch {
  filter?: ConversationFilter | undefined;
  conversation?: string | undefined;
}

export interface ReportsSearch {
  filter?: ConversationFilter | undefined;
  page?: "automate" | undefined;
}

const root = createRootRoute({
  component: Frame,
  errorComponent: ({ error, reset }) => <ScreenError error={error} onRetry={reset} />,
  notFoundComponent: () => (
    <ScreenError error={{ code: "not_found", message: "There is nothing at this address." }} />
  ),
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/tasks" });
  },
});

const tasks = createRoute({ getParentRoute: () => root, path: "/tasks", component: TaskList });

const taskSearch = (search: Record<string, unknown>): TaskSearch => ({
  block: typeof search["block"] === "string" ? search["block"] : undefined,
  at: typeof search["at"] === "string" ? search["at"] : undefined,
  preview: typeof search["preview"] === "boolean" ? search["preview"] : undefined,
  conversation: typeof search["conversation"] === "string" ? search["conversation"] : undefined,
  problems: search["problems"] === true ? true : undefined,
  outline: search["outline"] === true ? true : undefined,
  triggers: search["triggers"] === true ? true : undefined,
});

const task = createRoute({
  getParentRoute: () => root,
  path: "/tasks/$taskId",
  validateSearch: taskSearch,
  component: TaskScreen,
});

const workflow = createRoute({
  getParentRoute: () => root,
  path: "/workflow",
  validateSearch: taskSearch,
  component: WorkflowScreen,
});

const actions = createRoute({
  getParentRoute: () => root,
  path: "/actions",
  component: ActionScreen,
});
const action = createRoute({
  getParentRoute: () => root,
  path: "/actions/$actionId",
  validateSearch: (search: Record<string, unknown>): ActionSearch => ({
    connect: search["connect"] === true ? true : undefined,
  }),
  component: ActionScreen,
});

const inbox = createRoute({
  getParentRoute: () => root,
  path: "/inbox",
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    filter: filterOf(search["filter"]),
    conversation: typeof search["conversation"] === "string" ? search["conversation"] : undefined,
  }),
  component: InboxScreen,
});

const reports = createRoute({
  getParentRoute: () => root,
  path: "/reports",
  validateSearch: (search: Record<string, unknown>): ReportsSearch => ({
    filter: filterOf(search["filter"]),
    page: search["page"] === "automate" ? "automate" : undefined,
  }),
  component: ReportsScreen,
});

const goLive = createRoute({
  getParentRoute: () => root,
  path: "/go-live",
  component: GoLiveScreen,
});

const knowledge = createRoute({
  getParentRoute: () => root,
  path: "/knowledge",
  component: KnowledgeScreen,
});
const knowledgeTry = createRoute({
  getParentRoute: () => root,
  path: "/knowledge/try",
  component: KnowledgeScreen,
});
const article = createRoute({
  getParentRoute: () => root,
  path: "/knowledge/$articleId",
  component: KnowledgeScreen,
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$page", params: { page: "appearance" } });
  },
});
const settingsPage = createRoute({
  getParentRoute: () => root,
  path: "/settings/$page",
  validateSearch: (search: Record<string, unknown>): SettingsSearch => ({
    action: typeof search["action"] === "string" ? search["action"] : undefined,
  }),
  component: SettingsScreen,
});

const channel = createRoute({
  getParentRoute: () => root,
  path: "/channel",
  component: ChannelScreen,
});
/** The program says what is wrong with a filter that somebody wrote by hand. */
function filterOf(search: unknown): ConversationFilter | undefined {
  return typeof search === "object" && search !== null ? (search as ConversationFilter) : undefined;
}

/** Every address of the program. They stand behind a `#` so that any host can serve them. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    tasks,
    task,
    workflow,
    actions,
    action,
    channel,
    inbox,
    reports,
    goLive,
    knowledge,
    knowledgeTry,
    article,
    settings,
    settingsPage,
  ]),
  history: createHashHistory(),
  defaultPreload: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
