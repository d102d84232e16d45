import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useRouterState } from "@tanstack/react-router";
import {
  BookOpenText,
  ChevronLeft,
  CircleAlert,
  FileUp,
  FolderUp,
  MessageCircleQuestion,
  Plus,
  Search,
  X,
} from "lucide-react";
import { useState, type DragEvent, type ReactNode } from "react";
import { call } from "@/api/client";
import type { ArticleList, ArticleRow } from "@/api/model";
import { useOffer } from "@/frame/commands";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { timeAgo } from "@/frame/time-words";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { Skeleton } from "@/parts/Skeleton";
import { VirtualList } from "@/parts/VirtualList";
import { encoderWords } from "@/task/triggers/outcome-words";
import { ArticleEditor } from "./ArticleEditor";
import { useImporting, type Importing } from "./import-files";
import { articlesQuery, rereadArticles } from "./knowledge-queries";
import { TryQuestion } from "./TryQuestion";

/** All articles at the left; beside them the chosen one, or a question to try. */
export function KnowledgeScreen() {
  const { data, error, refetch } = useQuery(articlesQuery);
  const { articleId } = useParams({ strict: false });
  const trying = useRouterState({ select: (state) => state.location.pathname }).endsWith("/try");
  const go = useNavigate();
  const importing = useImporting();
  const make = async () => {
    try {
      const { id } = await call("create_article", { title: "" });
      await rereadArticles();
      await go({ to: "/knowledge/$articleId", params: { articleId: id } });
    } catch (thrown) {
      tellProblem(thrown, "The article could not be made");
    }
  };
  useOffer([
    {
      id: "new-article",
      group: "Knowledge",
      label: "New article",
      icon: <Plus size={16} />,
      onSelect: () => void make(),
    },
    {
      id: "import-articles",
      group: "Knowledge",
      label: "Import articles from files",
      keywords: "markdown html text",
      icon: <FileUp size={16} />,
      onSelect: () => void importing.pick(false),
    },
    {
      id: "try-question",
      group: "Knowledge",
      label: "Try a question on the articles",
      icon: <MessageCircleQuestion size={16} />,
      onSelect: () => void go({ to: "/knowledge/try" }),
    },
  ]);
  const chosen = Boolean(articleId) || trying;
  const some = data && data.articles.length > 0;
  return (
    <DropPlace importing={importing}>
      <ScreenHeader
        title="Knowledge"
        aside={some ? <span className="tabular text-faint">{data.articles.length}</span> : null}
      >
        <span role="status" className="text-12 text-muted">
          {importing.busy}
        </span>
        <Button
          icon={<FolderUp size={14} aria-hidden />}
          // No phone has folders to choose; the title needs the room.
          className="narrow:hidden"
          disabled={importing.busy !== null}
          onClick={() => void importing.pick(true)}
        >
          Import a folder
        </Button>
        <Button
          icon={<FileUp size={14} aria-hidden />}
          disabled={importing.busy !== null}
          onClick={() => void importing.pick(false)}
        >
          Import files
        </Button>
        <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => void make()}>
          New article
        </Button>
      </ScreenHeader>
      <LeftOut importing={importing} />
      {error ? <ScreenError error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton /> : null}
      {data && !some ? (
        <EmptyState
          icon={<BookOpenText size={20} />}
          title="Write down what customers ask"
          action={
            <Button look="primary" icon={<Plus size={15} />} onClick={() => void make()}>
              New article
            </Button>
          }
        >
          The assistant answers ordinary questions by quoting your articles, word for word. Write
          one, or drop Markdown, text or HTML files here.
        </EmptyState>
      ) : null}
      {some ? (
        <div className="flex min-h-0 flex-1">
          <Articles list={data} hidden={chosen} />
          <div className={cx("flex min-w-0 flex-1 flex-col bg-canvas", !chosen && "narrow:hidden")}>
            {chosen ? (
              <Link
                to="/knowledge"
                className="inset-focus hidden items-center gap-1 border-b border-line px-3 py-2 text-12 text-muted narrow:flex"
              >
                <ChevronLeft size={14} aria-hidden /> All articles
              </Link>
            ) : null}
            {articleId ? (
              <ArticleEditor key={articleId} id={articleId} />
            ) : (
              <TryQuestion list={data} />
            )}
          </div>
        </div>
      ) : null}
    </DropPlace>
  );
}

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** Files and folders may be dropped anywhere on the screen. */
function DropPlace({ importing, children }: { importing: Importing; children: ReactNode }) {
  const [over, setOver] = useState(false);
  return (
    // Dropping is a shortcut: the buttons above do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void importing.drop(event.dataTransfer);
      }}
    >
      {children}
      {over ? (
        <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-lg border-2 border-dashed border-accent bg-accent-surface/90">
          <p className="flex items-center gap-2 text-15 font-medium text-accent-text">
            <FileUp size={18} aria-hidden /> Drop to import as articles
          </p>
        </div>
      ) : null}
    </div>
  );
}

/** Files that could not be read, each with its reason, until somebody has seen it. */
function LeftOut({ importing }: { importing: Importing }) {
  const files = importing.done?.left_out ?? [];
  if (files.length === 0) return null;
  return (
    <section
      aria-label="Files that were left out"
      className="flex items-start gap-2.5 border-b border-amber-line bg-amber-surface px-4 py-2.5 text-12"
    >
      <CircleAlert size={15} className="mt-0.5 shrink-0 text-amber" aria-hidden />
      <ul className="max-h-40 min-w-0 flex-1 overflow-y-auto">
        {files.map((file) => (
          <li key={file.name} className="wrap-anywhere">
            <strong className="font-medium">{file.name}</strong> was left out. {file.why}
          </li>
        ))}
      </ul>
      <IconButton size="sm" label="I have seen it" onClick={importing.forget}>
        <X size={14} />
      </IconButton>
    </section>
  );
}

function Articles({ list, hidden }: { list: ArticleList; hidden: boolean }) {
  const [sought, setSought] = useState("");
  const words = sought.trim().toLowerCase();
  const rows = list.articles.filter((row) =>
    `${row.title} ${row.excerpt}`.toLowerCase().includes(words),
  );
  return (
    <nav
      aria-label="Articles"
      className={cx(
        "flex w-72 shrink-0 flex-col border-r border-line narrow:w-full narrow:border-r-0",
        hidden && "narrow:hidden",
      )}
    >
      <div className="flex flex-col gap-1 border-b border-line p-2">
        <Link
          to="/knowledge/try"
          className="inset-focus flex items-center gap-2 rounded-md px-2 py-1.5 hover:bg-hover data-[status=active]:bg-active"
        >
          <MessageCircleQuestion size={15} className="shrink-0 text-accent-text" aria-hidden />
          Try a question
        </Link>
        {list.articles.length > 8 ? <Filter value={sought} onChange={setSought} /> : null}
      </div>
      {rows.length > 0 ? (
        <VirtualList
          label="Articles"
          count={rows.length}
          rowHeight={46}
          rowKey={(index) => rows[index]?.id ?? index}
          row={(index) => {
            const row = rows[index];
            return row ? <Row row={row} /> : null;
          }}
          className="px-2 py-1"
        />
      ) : (
        <p className="min-h-0 flex-1 px-4 py-3 text-12 text-faint">Nothing fits.</p>
      )}
      <Reading list={list} />
    </nav>
  );
}

/** How questions are understood here, and how far the articles are read. */
function Reading({ list }: { list: ArticleList }) {
  const { note, weak } = encoderWords(list.encoder);
  const open = list.passages - list.read;
  if (weak) {
    return (
      <p className="border-t border-line bg-amber-surface px-4 py-2 text-12 text-amber">
        Articles are found by words alone. {note}
      </p>
    );
  }
  if (open <= 0) return null;
  return (
    <p role="status" className="tabular border-t border-line px-4 py-2 text-12 text-muted">
      Reading: {list.read} of {list.passages} passages. Until then the others are found by words.
    </p>
  );
}

function Filter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label="Filter articles"
        placeholder="Filter"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7.5 w-full rounded-md border border-line-strong bg-surface pr-2 pl-8"
      />
    </div>
  );
}

function Row({ row }: { row: ArticleRow }) {
  return (
    <Link
      to="/knowledge/$articleId"
      params={{ articleId: row.id }}
      className="inset-focus flex items-start gap-2 rounded-md px-2 py-1.5 hover:bg-hover data-[status=active]:bg-active"
    >
      <BookOpenText size={14} className="mt-0.5 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{row.title || "Untitled article"}</span>
        <span className="block truncate text-12 text-faint">
          {row.excerpt || "Nothing written yet"}
        </span>
      </span>
      <span className="tabular mt-0.5 shrink-0 text-11 text-faint">{timeAgo(row.updated_at)}</span>
    </Link>
  );
}
