/**
 * The only door to the machine. Everything above speaks `Host`; whether the program runs in its own
 * window or in a browser is decided here and nowhere else.
 */
export interface PickedFile {
  fileId: string;
  name: string;
}

export interface Host {
  kind: "desktop" | "browser";
  call: (name: string, args: unknown) => Promise<unknown>;
  /** Returns a function that ends the subscription. `onLost` is told when the wire breaks. */
  subscribe: (
    request: unknown,
    onMessage: (message: unknown) => void,
    onLost: () => void,
  ) => () => void;
  pickFile: (accept: string) => Promise<PickedFile | null>;
  /** Stores a file that the page has already: one that was dropped or pasted. */
  keepFile: (file: File) => Promise<PickedFile>;
  /** Several files, or all of a folder that `accept` names; each is called by where it stood. */
  pickFiles: (accept: string, folder: boolean) => Promise<PickedFile[]>;
  /** Where a stored picture is shown from. */
  fileUrl: (fileId: string) => string;
  /** Resolves to `false` where the person chose not to save after all. */
  saveFile: (fileId: string, suggestedName: string) => Promise<boolean>;
}

/** What a command answers when it could not be done. The UI switches on `code`, never on `message`. */
export class HostError extends Error {
  readonly code: string;
  readonly field: string | undefined;
  readonly hint: string | undefined;

  constructor(error: {
    code: string;
    message: string;
    field?: string | null;
    hint?: string | null;
  }) {
    super(error.message);
    this.name = "HostError";
    this.code = error.code;
    this.field = error.field ?? undefined;
    this.hint = error.hint ?? undefined;
  }
}

/** Makes a `HostError` of whatever the other side threw. */
export function asHostError(thrown: unknown): HostError {
  if (thrown instanceof HostError) return thrown;
  if (isCommandError(thrown)) return new HostError(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HostError({ code: "unreachable", message });
}

function isCommandError(thrown: unknown): thrown is { code: string; message: string } {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown;
}

/** Picks the host this page runs in. */
export async function connectHost(): Promise<Host> {
  return "__TAURI_INTERNALS__" in globalThis ? desktopHost() : browserHost();
}

async function desktopHost(): Promise<Host> {
  const { Channel, convertFileSrc, invoke } = await import("@tauri-apps/api/core");
  const send = (command: string, args: Record<string, unknown>) =>
    invoke(command, args).catch((thrown: unknown) => {
      throw asHostError(thrown);
    });
  return {
    kind: "desktop",
    call: (name, args) => send("call", { name, args }),
    subscribe: (request, onMessage, onLost) => {
      let ended = false;
      const channel = new Channel<unknown>((message) => {
        if (!ended) onMessage(message);
      });
      const id = send("subscribe", { request, channel });
      id.catch(() => {
        if (!ended) onLost();
      });
      return () => {
        ended = true;
        void id.then((value) => send("unsubscribe", { id: value })).catch(() => undefined);
      };
    },
    pickFile: async (accept) => {
      const picked = (await send("pick_file", { accept })) as {
        id?: string;
        fileId?: string;
        file_id?: string;
        name: string;
      } | null;
      if (!picked) return null;
      return { fileId: picked.fileId ?? picked.file_id ?? picked.id ?? "", name: picked.name };
    },
    pickFiles: async (accept, folder) =>
      (await send("pick_files", { accept, folder })) as PickedFile[],
    keepFile: async (file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const headers = { [FILE_NAME]: encodeURIComponent(file.name) };
      const kept = invoke("keep_file", bytes, { headers }) as Promise<PickedFile>;
      return kept.catch((thrown: unknown) => {
        throw asHostError(thrown);
      });
    },
    fileUrl: (fileId) => convertFileSrc(fileId, "files"),
    saveFile: async (fileId, suggestedName) =>
      (await send("save_file", { fileId, suggestedName })) !== false,
  };
}

function browserHost(): Host {
  return {
    kind: "browser",
    call: async (name, args) => {
      const response = await reach(`/call/${name}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(args ?? null),
      });
      return readAnswer(response);
    },
    subscribe: subscribeOverSocket,
    pickFile: async (accept) => {
      const [file] = await chooseFiles(accept, "one");
      return file ? upload(file) : null;
    },
    pickFiles: async (accept, folder) => {
      const endings = accept.split(",");
      const chosen = await chooseFiles(accept, folder ? "folder" : "several");
      // A folder is chosen with everything in it.
      const wanted = folder
        ? chosen.filter(({ name }) => endings.some((end) => name.toLowerCase().endsWith(end)))
        : chosen;
      const stored: PickedFile[] = [];
      for (let at = 0; at < wanted.length; at += atOnce) {
        const side = wanted.slice(at, at + atOnce).map(async (file) => ({
          ...(await upload(file)),
          name: file.webkitRelativePath || file.name,
        }));
        stored.push(...(await Promise.all(side)));
      }
      return stored;
    },
    keepFile: upload,
    fileUrl: (fileId) => `/files/${encodeURIComponent(fileId)}`,
    saveFile: async (fileId, suggestedName) => {
      const link = document.createElement("a");
      link.href = `/files/${encodeURIComponent(fileId)}`;
      link.download = suggestedName;
      document.body.append(link);
      link.click();
      link.remove();
      return true;
    },
  };
}

/** Beside the bytes of a file: its name, percent-encoded. */
const FILE_NAME = "X-File-Name";

async function upload(file: File): Promise<PickedFile> {
  const response = await reach("/files", {
    method: "POST",
    headers: { [FILE_NAME]: encodeURIComponent(file.name) },
    body: file,
  });
  const { id } = (await readAnswer(response)) as { id: string };
  return { fileId: id, name: file.name };
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin" });
  } catch {
    throw new HostError({
      code: "unreachable",
      message: "Taskwright is not answering. Is it still running?",
    });
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    // A proxy or a crash answered; the status below says enough.
  }
  if (response.ok) return body;
  if (isCommandError(body)) throw new HostError(body);
  throw new HostError({
    code: response.status === 401 ? "unauthorized" : "internal",
    message:
      response.status === 401
        ? "This page is no longer signed in. Open it again from Taskwright."
        : `Taskwright answered with status ${response.status}.`,
  });
}

function subscribeOverSocket(
  request: unknown,
  onMessage: (message: unknown) => void,
  onLost: () => void,
): () => void {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}/subscribe`);
  let ended = false;
  socket.addEventListener("open", () => socket.send(JSON.stringify(request)));
  socket.addEventListener("message", (event) => {
    if (!ended && typeof event.data === "string") onMessage(JSON.parse(event.data));
  });
  socket.addEventListener("close", () => {
    if (!ended) onLost();
  });
  return () => {
    ended = true;
    socket.close();
  };
}

/** Files that are on their way at once. */
const atOnce = 6;

function chooseFiles(accept: string, what: "one" | "several" | "folder"): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    if (what === "folder") input.webkitdirectory = true;
    else input.accept = accept;
    input.multiple = what !== "one";
    input.style.display = "none";
    const finish = (files: File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener("change", () => finish([...(input.files ?? [])]));
    input.addEventListener("cancel", () => finish([]));
    document.body.append(input);
    input.click();
  });
}
