import { useSyncExternalStore } from "react";
import { call } from "@/api/client";
import { asHostError } from "@/api/host";
import type { CallMode, Customer, MoveTo, SentAnswer, TrialCall } from "@/api/model";
import { callsInForce, modeOf, stubOf, withoutLive, type Answers } from "./call-choices";
import { LogStore } from "./log-store";

export interface PreviewSetup {
  fromTheStart: boolean;
  calls: CallMode;
  customer: {
    name: string;
    email: string;
    signedIn: boolean;
    /** What is known of them from before, in words, by attribute key. */
    known: Record<string, string>;
  };
  /** What answers single actions, by action id; all others do as `calls` says. */
  answers: Answers;
}

export interface PreviewState {
  setup: PreviewSetup;
  log: LogStore | null;
  sending: boolean;
  failure: unknown;
  /** The document's version the chat began with. */
  began: number | null;
}

const firstSetup: PreviewSetup = {
  fromTheStart: false,
  calls: "sample",
  customer: { name: "Ada Sample", email: "ada@example.com", signedIn: true, known: {} },
  answers: {},
};

/**
 * One rehearsal of a task. Nothing starts before the first message, so looking costs nothing;
 * it outlives the pane, so hiding the preview loses nothing.
 */
export class PreviewSession {
  private state: PreviewState = {
    setup: firstSetup,
    log: null,
    sending: false,
    failure: null,
    began: null,
  };
  private readonly listeners = new Set<() => void>();
  private starting: Promise<LogStore> | null = null;

  constructor(readonly task: string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): PreviewState => this.state;

  /** Changes how the rehearsal runs; what decides about the conversation itself begins a new one. */
  configure(next: Partial<PreviewSetup>): void {
    const before = this.state.setup;
    this.set({ setup: { ...before, ...next } });
    if (!this.state.log) return;
    if (next.answers) void this.act(() => this.sendAnswers(before.answers));
    else this.restart();
  }

  /** Back to an empty chat. A real system is never the default of a new one. */
  restart(): void {
    this.end();
    const { setup } = this.state;
    this.set({
      log: null,
      failure: null,
      began: null,
      setup: {
        ...setup,
        calls: setup.calls === "live" ? "sample" : setup.calls,
        answers: withoutLive(setup.answers),
      },
    });
  }

  /** Opens a conversation that already exists. */
  openExisting(conversation: string): void {
    if (this.state.log?.conversation === conversation) return;
    this.end();
    void this.openLog(conversation);
  }

  /** Starts the rehearsal if it does not run yet. */
  async start(flush: () => Promise<void>, version: number): Promise<LogStore> {
    if (this.state.log) return this.state.log;
    this.starting ??= this.begin(flush, version).finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  /** Begins without a message: a workflow speaks first. */
  greet(flush: () => Promise<void>, version: number): Promise<void> {
    return this.act(async () => {
      await this.start(flush, version);
    });
  }

  /** Says something as the customer. */
  say(text: string, flush: () => Promise<void>, version: number): Promise<void> {
    return this.act(async () => {
      const log = await this.start(flush, version);
      await call("say", { conversation: log.conversation, text });
    });
  }

  choose(option: string): Promise<void> {
    return this.within((conversation) => call("select_option", { conversation, option }));
  }

  /** Fills in fields of a form as the customer, one after the other, as a product sends them. */
  fillIn(fields: readonly { key: string; text: string }[]): Promise<void> {
    return this.within(async (conversation) => {
      for (const { key: attribute, text } of fields) {
        // The next one may be asked for only because of this one.
        // oxlint-disable-next-line no-await-in-loop
        await call("fill_field", { conversation, attribute, text });
      }
    });
  }

  /** Attaches a picture or file as the customer. */
  attach(file: string, name: string): Promise<void> {
    return this.within((conversation) => call("attach_file", { conversation, file, name }));
  }

  startAnyway(): Promise<void> {
    return this.within((conversation) =>
      call("start_task_anyway", { conversation, task: this.task }),
    );
  }

  /** Calls back as another system, and gives what it is answered; nothing where that failed. */
  async sendWebhook(block: string, body: unknown, how: TrialCall): Promise<SentAnswer[] | null> {
    let answers: SentAnswer[] | null = null;
    await this.within(async (conversation) => {
      answers = await call("send_webhook", { conversation, block, body, how });
    });
    return answers;
  }

  /** Moves the conversation's clock; what is refused is for whoever asked. */
  async moveTime(to: MoveTo): Promise<void> {
    const { log } = this.state;
    if (log) await call("move_time", { conversation: log.conversation, to });
  }

  /** Begins another try that shares everything before this event. */
  rewind(before: number): Promise<void> {
    return this.within(async (conversation) => {
      const next = await call("rewind", { conversation, seq: before - 1 });
      this.state.log?.close();
      await this.openLog(next.conversation);
      // The earlier point may be from before a choice was made; the choices on screen hold.
      await this.sendAnswers({});
    });
  }

  private async begin(flush: () => Promise<void>, version: number): Promise<LogStore> {
    await flush();
    const { setup } = this.state;
    const { conversation } = await call("start_preview", {
      task: this.task,
      from_the_start: setup.fromTheStart,
      calls: setup.calls,
      customer: customerOf(setup),
      known: setup.customer.known,
    });
    this.set({ began: version });
    const log = await this.openLog(conversation);
    await this.sendAnswers({});
    return log;
  }

  private async openLog(conversation: string): Promise<LogStore> {
    const log = new LogStore(conversation);
    await log.open();
    this.set({ log, failure: null });
    return log;
  }

  /** Tells the running conversation what is chosen now, where it differs from what it knows. */
  private async sendAnswers(before: Answers): Promise<void> {
    const { log, setup } = this.state;
    if (!log) return;
    const { conversation } = log;
    const known = callsInForce(log.tail());
    for (const action of new Set([...Object.keys(before), ...Object.keys(setup.answers)])) {
      const stub = stubOf(setup.answers[action]);
      if (stub !== stubOf(before[action])) await call("set_stub", { conversation, action, stub });
    }
    for (const action of new Set([...known.keys(), ...Object.keys(setup.answers)])) {
      const calls = modeOf(setup.answers[action], setup.calls);
      if (calls !== (known.get(action) ?? setup.calls))
        await call("set_calls", { conversation, action, calls }).catch(unlessOver);
    }
  }

  private within(work: (conversation: string) => Promise<unknown>): Promise<void> {
    return this.act(async () => {
      const { log } = this.state;
      if (log) await work(log.conversation);
    });
  }

  private async act(work: () => Promise<void>): Promise<void> {
    this.set({ sending: true, failure: null });
    try {
      await work();
    } catch (failure) {
      this.set({ failure });
    } finally {
      this.set({ sending: false });
    }
  }

  private end(): void {
    const { log } = this.state;
    if (!log) return;
    log.close();
    // It may have ended by itself; then there is nothing to stop.
    call("stop_preview", { conversation: log.conversation }).catch(() => undefined);
  }

  private set(next: Partial<PreviewState>): void {
    this.state = { ...this.state, ...next };
    for (const listener of this.listeners) listener();
  }
}

function customerOf(setup: PreviewSetup): Customer {
  const { name, email, signedIn } = setup.customer;
  return { id: "customer_preview", name: name || null, email: email || null, signed_in: signedIn };
}

/** In a chat that is over nothing is called any more; the choice holds for the next one. */
function unlessOver(thrown: unknown): void {
  if (asHostError(thrown).code !== "conflict") throw thrown;
}

const sessions = new Map<string, PreviewSession>();

/** The rehearsal of a task, the same one each time it is asked for. */
export function previewOf(task: string): PreviewSession {
  const known = sessions.get(task);
  if (known) return known;
  const session = new PreviewSession(task);
  sessions.set(task, session);
  return session;
}

/** One part of a rehearsal; what else changes draws nothing again. */
export function usePreviewPart<Part extends keyof PreviewState>(
  session: PreviewSession,
  part: Part,
): PreviewState[Part] {
  return useSyncExternalStore(session.subscribe, () => session.current()[part]);
}
