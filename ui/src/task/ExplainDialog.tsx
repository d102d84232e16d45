import { useQuery } from "@tanstack/react-query";
import { Copy, FileDown, FileText, Printer, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { createPortal } from "react-dom";
import { call, host } from "@/api/client";
import type { PageFormat, PageItem, TaskPage } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Dialog } from "@/parts/Dialog";
import { Menu } from "@/parts/Menu";
import { Skeleton } from "@/parts/Skeleton";
import { notify } from "@/parts/toast";
import { useTaskDesk } from "./task-desk";

/** The task as a page that a colleague can review: to read here, to hand on, to print. */
export function ExplainDialog({ onClose }: { onClose: () => void }) {
  const { task, editing } = useTaskDesk();
  const [busy, setBusy] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["explain", task.id],
    queryFn: async () => {
      // What is on screen is what is explained.
      await editing.flush();
      return call("explain_task", { task: task.id });
    },
    staleTime: 0,
    gcTime: 0,
  });
  const save = async (format: PageFormat) => {
    setBusy(true);
    try {
      const { file, name } = await call("save_task_page", { task: task.id, format });
      if (await host().saveFile(file, name)) notify({ title: `Saved ${name}` });
    } catch (thrown) {
      tellProblem(thrown, "It could not be saved");
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width={760}
      title="Explain this task"
      description="A page for a colleague to review, made from what the task does right now."
      footer={
        data ? (
          <div className="flex flex-1 flex-wrap items-center justify-end gap-2">
            <Button icon={<Printer size={14} aria-hidden />} onClick={() => window.print()}>
              Print…
            </Button>
            <Menu
              align="end"
              trigger={
                <Button icon={<FileDown size={14} aria-hidden />} disabled={busy}>
                  Save as…
                </Button>
              }
              entries={[
                {
                  label: "HTML…",
                  hint: "Opens in any browser",
                  icon: <FileText size={14} />,
                  onSelect: () => void save("html"),
                },
                {
                  label: "Markdown…",
                  hint: "For a wiki or a ticket",
                  icon: <FileText size={14} />,
                  onSelect: () => void save("markdown"),
                },
              ]}
            />
            <Button
              data-first
              look="primary"
              icon={<Copy size={14} aria-hidden />}
              onClick={() => void copy(data.markdown)}
            >
              Copy as Markdown
            </Button>
          </div>
        ) : null
      }
    >
      {error ? <p className="text-red">{error.message}</p> : null}
      {!data && !error ? <Skeleton lines={8} className="p-0!" /> : null}
      {data ? (
        <>
          <article
            aria-label="The page"
            // The page is longer than its window: whoever has only a keyboard scrolls it from here.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            className="rounded-lg border border-line bg-canvas px-8 py-6 narrow:px-4"
          >
            <Page page={data.page} />
          </article>
          {createPortal(
            <article className="print-page" aria-hidden>
              <Page page={data.page} />
            </article>,
            document.body,
          )}
        </>
      ) : null}
    </Dialog>
  );
}

async function copy(markdown: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(markdown);
    notify({ title: "Copied as Markdown" });
  } catch {
    notify({
      title: "It could not be copied",
      description: "This window may not use the clipboard. Save it as a file instead.",
      tone: "problem",
    });
  }
}

function Page({ page }: { page: TaskPage }) {
  return (
    <div className="explain-page">
      <h1>{page.title}</h1>
      {page.sections.map((section) => (
        <section key={section.heading}>
          <h2>{section.heading}</h2>
          {section.paragraphs.map((words) => (
            <p key={words}>{words}</p>
          ))}
          <Items items={section.items} numbered={section.numbered} />
        </section>
      ))}
    </div>
  );
}

function Items({ items, numbered = false }: { items: readonly PageItem[]; numbered?: boolean }) {
  if (items.length === 0) return null;
  const List = numbered ? "ol" : "ul";
  return (
    <List>
      {items.map((item, at) => (
        // Two lines may say the same; their place tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at} className={cx(item.warning && "warning")}>
          {item.warning ? <TriangleAlert size={13} aria-label="Needs attention" /> : null}
          {item.lead ? <strong>{item.lead}</strong> : null} {item.words}
          {item.note ? <small> ({item.note})</small> : null}
          <Items items={item.items} />
        </li>
      ))}
    </List>
  );
}
