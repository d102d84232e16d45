import type {
  ChannelView,
  ConnectionRow,
  SecretRow,
  TaskRow,
  WebhookServerView,
} from "@/api/model";
import { count } from "@/task/words";
import { localOnlyWords } from "@/webhooks/webhook-queries";

/** What stands on the page is worked out of this, and of nothing else. */
export interface Facts {
  tasks: readonly TaskRow[];
  connections: readonly ConnectionRow[];
  secrets: readonly SecretRow[];
  server: WebhookServerView;
  channel: ChannelView;
}

/** Where a step leads. */
export type StepLead =
  | "tasks"
  | "actions"
  | "channel"
  | "connections"
  | "secrets"
  | "webhooks"
  | "export";

export interface Step {
  id: string;
  title: string;
  words: string;
  /** Whether it is done; null where only a person can tell. */
  done: boolean | null;
  lead?: { to: StepLead; label: string };
  /** Lines for a terminal or an environment. */
  copy?: { label: string; text: string };
  /** A mark that somebody must not miss. */
  mark?: string;
}

export interface Way {
  id: "bundle" | "server" | "computer";
  title: string;
  words: string;
  steps: readonly Step[];
}

const isOn = ({ status }: TaskRow): boolean => status === "on" || status === "on_with_changes";

/** The three ways to customers, each with what is done and what is left. */
export function ways(facts: Facts): Way[] {
  return [bundleWay(facts), serverWay(facts), computerWay(facts)];
}

function bundleWay({ tasks, connections }: Facts): Way {
  const ready = tasks.filter(({ problems }) => problems === 0);
  const unsaid = connections.filter(({ request }) => request === null);
  return {
    id: "bundle",
    title: "Give engineers the bundle",
    words: "They build the assistant into your product and run it where your other services run.",
    steps: [
      {
        id: "ready",
        title: "Tasks without problems",
        words:
          tasks.length === 0
            ? "There is no task yet."
            : `${ready.length} of ${count(tasks.length, "task")} ${ready.length === 1 ? "is" : "are"} ready to be published.`,
        done: tasks.length > 0 && ready.length === tasks.length,
        lead: { to: "tasks", label: "Tasks" },
      },
      {
        id: "described",
        title: "Actions that say how they call",
        words:
          unsaid.length === 0
            ? "Every action says what it asks for."
            : `${count(unsaid.length, "action")} ${unsaid.length === 1 ? "does" : "do"} not yet. The bundle brings a sheet that tells engineers what to build.`,
        done: unsaid.length === 0,
        lead: { to: "actions", label: "Actions" },
      },
      {
        id: "export",
        title: "Export the bundle",
        words: "One file with tasks, actions, articles and sample answers. No password goes along.",
        done: null,
        lead: { to: "export", label: "Export…" },
      },
      {
        id: "verify",
        title: "Engineers check and take it in",
        words: "The program without a window does both on any machine.",
        done: null,
        copy: {
          label: "Copy the commands",
          text: "taskwright verify tasks.taskbundle\ntaskwright check tasks.taskbundle\ntaskwright import tasks.taskbundle --data /srv/taskwright",
        },
      },
    ],
  };
}

function serverWay(facts: Facts): Way {
  const { secrets, server } = facts;
  const names = [...new Set(secrets.filter((row) => row.needed_by.length > 0).map(liveVariable))];
  return {
    id: "server",
    title: "Run it on a server",
    words: "It works day and night, also while this computer is off, and the outside reaches it.",
    steps: [
      onStep(facts),
      {
        id: "start",
        title: "Start it there",
        words:
          "It runs your workspace, the channel and the webhooks, writes its log as JSON lines, and stops without losing anything. /health says whether it is well, /metrics has figures for Prometheus.",
        done: null,
        copy: {
          label: "Copy the command",
          text: "taskwright serve --data /srv/taskwright --port 4816 --webhook-port 4817 --log json",
        },
      },
      {
        id: "secrets",
        title: "Secrets as variables",
        words:
          names.length === 0
            ? "No action needs one."
            : `The server has no keychain. Give it ${names.length === 1 ? "this variable" : "these variables"}: ${names.join(", ")}.`,
        done: names.length === 0 ? true : null,
        lead: { to: "secrets", label: "Secrets" },
        ...(names.length > 0
          ? { copy: { label: "Copy the names", text: names.map((name) => `${name}=`).join("\n") } }
          : {}),
      },
      {
        id: "public",
        title: "A public address",
        words: server.local_only
          ? "Set on the server how the outside reaches it, under Settings, Webhooks."
          : `The outside reaches it at ${server.base_url}.`,
        done: !server.local_only,
        lead: { to: "webhooks", label: "Webhook settings" },
      },
    ],
  };
}

const liveVariable = ({ name, variables }: SecretRow): string =>
  variables.find((variable) => variable.includes("_LIVE_")) ??
  variables[0] ??
  `TASKWRIGHT_SECRET_${name}`;

function computerWay(facts: Facts): Way {
  const { server } = facts;
  return {
    id: "computer",
    title: "Connect your app to this computer",
    words: "To try it with your own app before anything is installed elsewhere.",
    steps: [
      onStep(facts),
      connectedStep(facts),
      channelStep(facts),
      toldStep(facts),
      {
        id: "address",
        title: "An address your app reaches",
        words: server.local_only
          ? "Fine for an app on this computer."
          : `Other systems call ${server.base_url}.`,
        done: !server.local_only,
        lead: { to: "webhooks", label: "Webhook settings" },
        ...(server.local_only ? { mark: localOnlyWords } : {}),
      },
    ],
  };
}

function onStep({ tasks }: Facts): Step {
  const on = tasks.filter(isOn);
  return {
    id: "on",
    title: "Tasks that are on",
    words:
      on.length === 0
        ? "Customers meet only tasks that are on. Publish one."
        : `${count(on.length, "task")} ${on.length === 1 ? "is" : "are"} on: ${on
            .slice(0, 3)
            .map(({ title }) => title || "Untitled task")
            .join(", ")}${on.length > 3 ? ` and ${on.length - 3} more` : ""}.`,
    done: on.length > 0,
    lead: { to: "tasks", label: "Tasks" },
  };
}

/** Your app tells the assistant what customers do. */
function channelStep({ channel }: Facts): Step {
  const words = !channel.key
    ? "Your app needs a key. It is shown once, when it is made."
    : channel.on
      ? `It is on, with the key that ends in ${channel.key.ends_in}.`
      : "There is a key, and the channel is off.";
  return {
    id: "channel",
    title: "The channel is on",
    words,
    done: channel.on && channel.key !== null,
    lead: { to: "channel", label: "Channel" },
  };
}

/** The assistant tells your app what it says and does. */
function toldStep({ channel }: Facts): Step {
  const { callback_url: url, paused, waiting } = channel;
  return {
    id: "told",
    title: "Your app is told what happens",
    words: !url
      ? "Set the address at which your app takes events, and send a test event."
      : paused
        ? `Nothing is sent at present: ${paused.why}`
        : `Events go to ${url}${waiting > 0 ? `; ${count(waiting, "event")} to be sent` : ""}.`,
    done: url !== null && paused === null,
    lead: { to: "channel", label: "Channel" },
    ...(url && channel.callback_local
      ? { mark: "This address works only on this computer or in its network." }
      : {}),
  };
}

function connectedStep({ connections }: Facts): Step {
  const asked = connections.filter(({ request }) => request !== null);
  const connected = asked.filter(({ addresses, doubtful }) => addresses.live && !doubtful);
  return {
    id: "connected",
    title: "Actions that reach your systems",
    words:
      asked.length === 0
        ? "No action calls anything."
        : `${connected.length} of ${count(asked.length, "action")} ${connected.length === 1 ? "is" : "are"} connected to the real system. The others answer with samples.`,
    done: connected.length === asked.length,
    lead: { to: "connections", label: "Connections" },
  };
}
