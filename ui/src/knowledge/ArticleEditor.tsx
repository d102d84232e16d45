import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Eye, PencilLine, Trash2 } from "lucide-react";
import { useCallback, useState } from "react";
import { call } from "@/api/client";
import { type Editing, useEditing } from "@/api/editing";
import type { Article, ArticleView } from "@/api/model";
import { useFollowed } from "@/api/use-followed";
import { openDocument } from "@/frame/open-document";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { IconButton } from "@/parts/Button";
import { TextArea } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { Segmented } from "@/parts/Segmented";
import { Skeleton } from "@/parts/Skeleton";
import { useShortcuts } from "@/parts/shortcuts";
import { notify } from "@/parts/toast";
import { count } from "@/task/words";
import { ArticleText } from "./ArticleText";
import { rereadArticles } from "./knowledge-queries";

/** One article, read and kept like a task. */
export function ArticleEditor({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["article", id],
    queryFn: () => call("read_article", { article: id }),
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return <Desk key={id} start={data} />;
}

function openEditing(start: ArticleView): Editing<ArticleView, Article> {
  const { id } = start.article;
  return openDocument(start, {
    docOf: (view) => view.article,
    read: () => call("read_article", { article: id }),
    onSaved: () => void rereadArticles(),
  });
}

type Way = "write" | "read";

const ways = [
  { value: "write", label: "Write", icon: <PencilLine size={13} aria-hidden /> },
  { value: "read", label: "Preview", icon: <Eye size={13} aria-hidden /> },
] as const;

function Desk({ start }: { start: ArticleView }) {
  const [editing] = useState(() => openEditing(start));
  const [way, setWay] = useState<Way>("write");
  const { doc: article, saving, view } = useEditing(editing);
  const change = (next: Partial<Article>) => editing.change((old) => ({ ...old, ...next }));
  useFollowed(editing, useGone(start.article.id, start.article.title));
  const undo = () => void editing.undo().catch((thrown: unknown) => tellProblem(thrown));
  const redo = () => void editing.redo().catch((thrown: unknown) => tellProblem(thrown));
  useShortcuts({ "Mod+Z": undo, "Mod+Shift+Z": redo, "Mod+Y": redo });
  const look = (next: Way) => {
    setWay(next);
    // What is shown is what was saved.
    if (next === "read") editing.flush().catch((thrown: unknown) => tellProblem(thrown));
  };
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[820px] flex-col gap-4 px-6 pt-5 pb-20 narrow:px-3">
        <header className="flex flex-col gap-2">
          <div className="flex items-center gap-2 narrow:flex-wrap">
            <TextArea
              bare
              minRows={1}
              aria-label="Title of the article"
              placeholder="Untitled article"
              value={article.title}
              onChange={(event) => change({ title: event.target.value.replaceAll("\n", " ") })}
              className="min-w-0 flex-1 narrow:basis-full text-24 leading-8! font-semibold tracking-[-0.015em]"
            />
            <span role="status" className="w-14 text-12 text-faint">
              {saving === "saved" ? "Saved" : saving === "failed" ? "Not saved" : "Saving…"}
            </span>
            <Remove article={article} flush={() => editing.flush()} />
          </div>
          <div>
            <Segmented<Way>
              label="How the article is shown"
              value={way}
              choices={ways}
              onChange={look}
            />
          </div>
        </header>
        {way === "write" ? (
          <section
            aria-label="Text"
            className="rounded-lg border border-line bg-surface px-4 py-3.5"
          >
            <TextArea
              bare
              minRows={14}
              aria-label="Text of the article, in Markdown"
              placeholder={
                "Write what customers ask about, in your own words.\n\n## A heading for each question\n\nShort paragraphs answer best: the assistant quotes the sentences that answer."
              }
              value={article.text}
              onChange={(event) => change({ text: event.target.value })}
              className="text-[14px] leading-[1.65]"
            />
          </section>
        ) : (
          <section
            aria-label="Preview"
            className="min-h-40 rounded-lg border border-line bg-surface px-5 py-4"
          >
            {view.blocks.length > 0 ? (
              <ArticleText blocks={view.blocks} />
            ) : (
              <p className="text-muted">There is nothing to read yet.</p>
            )}
          </section>
        )}
        <Passages view={view} />
      </div>
    </div>
  );
}

/** How the article is cut: what can be found and quoted. */
function Passages({ view }: { view: ArticleView }) {
  if (view.passages.length === 0) return null;
  return (
    <Fold
      title={
        <>
          How it is searched{" "}
          <span className="font-normal text-faint">{count(view.passages.length, "passage")}</span>
        </>
      }
    >
      <p className="mb-2 pl-5 text-12 text-muted">
        It is cut at headings, and at paragraphs where it is long. A question finds one of these
        passages; the sentences in it that answer are quoted.
      </p>
      <ol className="flex flex-col gap-1.5 pl-5">
        {view.passages.map((passage, at) => (
          // Passages have no id; their order is what they are known by.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} className="rounded-md border border-line px-3 py-2">
            {passage.heading ? <p className="text-12 font-medium">{passage.heading}</p> : null}
            <p className="text-12 whitespace-pre-line text-muted wrap-anywhere">{passage.text}</p>
          </li>
        ))}
      </ol>
    </Fold>
  );
}

function Remove({ article, flush }: { article: Article; flush: () => Promise<void> }) {
  const go = useNavigate();
  const remove = async () => {
    try {
      await flush();
      await call("delete_article", { article: article.id });
      await rereadArticles();
      await go({ to: "/knowledge" });
      notify({
        title: `Deleted “${article.title || "Untitled article"}”`,
        undo: () => {
          call("restore_article", { article: article.id })
            .then(rereadArticles)
            .catch((thrown: unknown) => tellProblem(thrown));
        },
      });
    } catch (thrown) {
      tellProblem(thrown, "The article could not be deleted");
    }
  };
  return (
    <IconButton label="Delete the article" onClick={() => void remove()}>
      <Trash2 size={15} />
    </IconButton>
  );
}

/** What happens when another window deletes the article: back to the list, with a way to get it back. */
function useGone(article: string, title: string): () => void {
  const go = useNavigate();
  return useCallback(() => {
    void go({ to: "/knowledge" });
    notify({
      title: `“${title || "Untitled article"}” was deleted in another window`,
      action: {
        label: "Bring back",
        onSelect: () => {
          call("restore_article", { article })
            .then(() => go({ to: "/knowledge/$articleId", params: { articleId: article } }))
            .catch((thrown: unknown) => tellProblem(thrown));
        },
      },
    });
  }, [go, article, title]);
}
