import { useQuery } from "@tanstack/react-query";
import { Bookmark, Inbox, Trash2 } from "lucide-react";
import { useState } from "react";
import { call, queries } from "@/api/client";
import { asHostError } from "@/api/host";
import type { ConversationFilter, ViewRow } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Field, Input } from "@/parts/Field";
import { Popover } from "@/parts/Popover";
import { notify } from "@/parts/toast";
import { isOpen, isSameFilter } from "./filter-moves";
import { countQuery, viewsQuery } from "./inbox-queries";

const reread = () => queries.invalidateQueries({ queryKey: ["views"] });

/** All conversations, and every filter that was kept under a name, with its count. */
export function ViewList({
  filter,
  hidden,
  onShow,
}: {
  filter: ConversationFilter;
  /** In half a window a conversation stands in its place. */
  hidden: boolean;
  onShow: (filter: ConversationFilter) => void;
}) {
  const { data = [] } = useQuery(viewsQuery);
  const { data: all } = useQuery(countQuery({}));
  return (
    <nav
      aria-label="Views"
      className={cx(
        "flex w-52 shrink-0 flex-col gap-0.5 overflow-y-auto border-r border-line p-2 narrow:w-full narrow:flex-row narrow:overflow-x-auto narrow:border-r-0 narrow:border-b",
        hidden && "narrow:hidden",
      )}
    >
      <Entry
        label="All conversations"
        count={all ?? null}
        icon={<Inbox size={15} aria-hidden />}
        chosen={isOpen(filter)}
        onSelect={() => onShow({})}
      />
      {data.map((row) => (
        <div key={row.view.id} className="group relative flex narrow:shrink-0">
          <Entry
            label={row.view.name}
            count={row.count}
            icon={<Bookmark size={15} aria-hidden />}
            chosen={isSameFilter(row.view.filter, filter)}
            onSelect={() => onShow(row.view.filter)}
          />
          <IconButton
            label={`Delete the view “${row.view.name}”`}
            size="sm"
            className="absolute top-1 right-1 bg-surface opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
            onClick={() => void remove(row)}
          >
            <Trash2 size={13} />
          </IconButton>
        </div>
      ))}
    </nav>
  );
}

function Entry({
  label,
  count,
  icon,
  chosen,
  onSelect,
}: {
  label: string;
  count: number | null;
  icon: React.ReactNode;
  chosen: boolean;
  onSelect: () => void;
}) {
  return (
    <button
      type="button"
      aria-current={chosen ? "true" : undefined}
      onClick={onSelect}
      className={cx(
        "inset-focus flex h-8 w-full min-w-0 shrink-0 items-center gap-2 rounded-md px-2 text-left narrow:w-auto",
        chosen ? "bg-active text-ink" : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <span className="shrink-0 narrow:hidden">{icon}</span>
      <span className="min-w-0 flex-1 truncate narrow:max-w-56" title={label}>
        {label}
      </span>
      {count === null ? null : <span className="tabular text-12 text-faint">{count}</span>}
    </button>
  );
}

async function remove({ view }: ViewRow): Promise<void> {
  try {
    await call("delete_view", { view: view.id });
    await reread();
    notify({
      title: `Deleted the view “${view.name}”`,
      undo: () => {
        call("restore_view", { view: view.id })
          .then(reread)
          .catch((thrown: unknown) => tellProblem(thrown, "The view could not be brought back"));
      },
    });
  } catch (thrown) {
    tellProblem(thrown, "The view could not be deleted");
  }
}

/** Keeps the filter that is set under a name. */
export function SaveViewButton({ filter }: { filter: ConversationFilter }) {
  const { data = [] } = useQuery(viewsQuery);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const known = data.some(({ view }) => isSameFilter(view.filter, filter));
  if (isOpen(filter) || known) return null;
  const save = async () => {
    try {
      await call("save_view", { name, filter });
      await reread();
      notify({ title: `Saved the view “${name.trim()}”` });
      setOpen(false);
      setName("");
      setProblem(null);
    } catch (thrown) {
      setProblem(asHostError(thrown).message);
    }
  };
  return (
    <Popover
      label="Save this view"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button icon={<Bookmark size={14} aria-hidden />}>Save this view</Button>}
    >
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label="Name"
          hint="It stands at the left, with how many conversations it shows."
          problem={problem}
        >
          {(ids) => (
            <Input {...ids} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <div className="flex justify-end">
          <Button look="primary" type="submit" disabled={name.trim() === ""}>
            Save
          </Button>
        </div>
      </form>
    </Popover>
  );
}
