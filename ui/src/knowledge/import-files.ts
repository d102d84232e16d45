import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { call, host, queries } from "@/api/client";
import type { PickedFile } from "@/api/host";
import type { ImportedArticles } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { notify } from "@/parts/toast";
import { count } from "@/task/words";
import { rereadArticles } from "./knowledge-queries";

/** What is read as an article. */
export const articleFiles = ".md,.markdown,.txt,.html,.htm";

export interface Importing {
  /** What is being done, for whoever waits. */
  busy: string | null;
  /** What came of the last import, where something has to be told of it. */
  done: ImportedArticles | null;
  forget: () => void;
  pick: (folder: boolean) => Promise<void>;
  drop: (data: DataTransfer) => Promise<void>;
}

/** Files and folders into articles, in one step that Undo takes back. */
export function useImporting(): Importing {
  const [busy, setBusy] = useState<string | null>(null);
  const [done, setDone] = useState<ImportedArticles | null>(null);
  const go = useNavigate();
  const take = async (files: () => Promise<PickedFile[]>) => {
    setDone(null);
    try {
      const picked = await files();
      if (picked.length === 0) return;
      setBusy(`Reading ${count(picked.length, "file")}…`);
      const result = await call("import_articles", {
        files: picked.map(({ fileId, name }) => ({ file: fileId, name })),
      });
      await rereadArticles();
      if (result.left_out.length > 0) setDone(result);
      tell(result);
      const [only] = [...result.made, ...result.replaced];
      if (only && result.made.length + result.replaced.length === 1)
        await go({ to: "/knowledge/$articleId", params: { articleId: only } });
    } catch (thrown) {
      tellProblem(thrown, "Nothing was imported");
    } finally {
      setBusy(null);
    }
  };
  return {
    busy,
    done,
    forget: () => setDone(null),
    pick: (folder) => take(() => host().pickFiles(articleFiles, folder)),
    drop: (data) => {
      // What was dropped is gone once this event is over, so it is taken out first.
      const entries = entriesOf(data);
      return take(async () => {
        setBusy("Taking the files in…");
        return storeAll(await filesOf(entries));
      });
    },
  };
}

function tell(result: ImportedArticles): void {
  const parts = [
    result.made.length > 0 ? `${count(result.made.length, "article")} made` : null,
    result.replaced.length > 0 ? `${result.replaced.length} brought up to date` : null,
    result.same > 0 ? `${result.same} already here, the same` : null,
    result.left_out.length > 0 ? `${result.left_out.length} left out` : null,
  ].filter(Boolean);
  const taken = result.import;
  notify({
    title: parts.length > 0 ? parts.join(", ") : "There is no article among these files",
    ...(taken
      ? {
          undo: () => {
            call("undo_import", { import: taken })
              .then(() => queries.invalidateQueries())
              .catch((thrown: unknown) => tellProblem(thrown, "The import could not be undone"));
          },
        }
      : {}),
  });
}

/** Files of one import, at the most; the program takes no more. */
const most = 5_000;
/** Files that are on their way at once. */
const side = 6;

interface Dropped {
  file: File;
  path: string;
}

type Entry = FileSystemEntry | Dropped;

function entriesOf(data: DataTransfer): Entry[] {
  return [...data.items].flatMap((item): Entry[] => {
    if (item.kind !== "file") return [];
    const entry = item.webkitGetAsEntry();
    if (entry) return [entry];
    const file = item.getAsFile();
    return file ? [{ file, path: file.name }] : [];
  });
}

/** Every article file among what was dropped, folders looked into; one that was dropped by itself is kept, whatever it is. */
async function filesOf(entries: Entry[]): Promise<Dropped[]> {
  const found: Dropped[] = [];
  const open: { entry: Entry; inside: boolean }[] = entries.map((entry) => ({
    entry,
    inside: false,
  }));
  for (let next = open.pop(); next && found.length < most; next = open.pop()) {
    const { entry, inside } = next;
    if ("file" in entry && entry.file instanceof File) {
      found.push(entry as Dropped);
    } else if ((entry as FileSystemEntry).isFile) {
      const file = entry as FileSystemFileEntry;
      if (inside && !isArticle(file.name)) continue;
      found.push({ file: await fileOf(file), path: file.fullPath.replace(/^\//, "") });
    } else {
      const children = await childrenOf(entry as FileSystemDirectoryEntry);
      open.push(...children.map((child) => ({ entry: child, inside: true })));
    }
  }
  return found.toSorted((a, b) => a.path.localeCompare(b.path));
}

export function isArticle(name: string): boolean {
  return articleFiles.split(",").some((ending) => name.toLowerCase().endsWith(ending));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder gives its content in parts, and an empty part at its end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}

async function storeAll(files: Dropped[]): Promise<PickedFile[]> {
  const stored: PickedFile[] = [];
  for (let at = 0; at < files.length; at += side) {
    const some = files.slice(at, at + side);
    const kept = some.map(async ({ file, path }) => ({
      ...(await host().keepFile(file)),
      name: path,
    }));
    stored.push(...(await Promise.all(kept)));
  }
  return stored;
}
