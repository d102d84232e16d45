import { useQuery } from "@tanstack/react-query";
import { ChevronRight, Plus, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { call, queries } from "@/api/client";
import { useSavedForm } from "@/api/use-saved-form";
import type { Team } from "@/api/model";
import { teamsQuery } from "@/actions/action-queries";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { Field, Input, TextArea } from "@/parts/Field";
import { Skeleton } from "@/parts/Skeleton";
import { Switch } from "@/parts/Switch";
import { notify } from "@/parts/toast";
import { OpeningHoursInput } from "./OpeningHoursInput";

const reread = () => queries.invalidateQueries({ queryKey: ["teams"] });

/** Deletes at once and offers to bring it back. */
async function removeTeam(team: Team): Promise<void> {
  try {
    await call("delete_team", { team: team.id });
    await reread();
    notify({
      title: `Deleted “${team.name}”`,
      undo: () => {
        call("restore_team", { team: team.id })
          .then(reread)
          .catch((thrown: unknown) => tellProblem(thrown));
      },
    });
  } catch (thrown) {
    tellProblem(thrown, "The team could not be deleted");
  }
}

/** The teams that conversations are passed to. */
export function TeamsPage() {
  const { data, error, refetch } = useQuery(teamsQuery);
  const [open, setOpen] = useState<string | null>(null);
  const make = async () => {
    try {
      const { id } = await call("create_team", { name: "New team" });
      await reread();
      setOpen(id);
    } catch (thrown) {
      tellProblem(thrown, "The team could not be made");
    }
  };
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return (
    <section aria-label="Teams">
      <div className="mb-2 flex items-center gap-3">
        <h2 className="flex-1 text-15 font-semibold">Teams</h2>
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => void make()}>
          New team
        </Button>
      </div>
      {data.length === 0 ? (
        <EmptyState icon={<Users size={20} />} title="No teams yet">
          A team takes over when a task hands off. Name one in a sentence, such as “hand off to
          Billing”, or add it here.
        </EmptyState>
      ) : (
        <ul className="rounded-lg border border-line bg-surface">
          {data.map((team) => (
            <li key={team.id} className="border-b border-line last:border-0">
              <button
                type="button"
                aria-expanded={open === team.id}
                onClick={() => setOpen(open === team.id ? null : team.id)}
                className="inset-focus flex w-full items-center gap-2 px-3 py-2.5 text-left hover:bg-subtle"
              >
                <ChevronRight
                  size={14}
                  aria-hidden
                  className={cx("text-faint transition-transform", open === team.id && "rotate-90")}
                />
                <span className="font-medium">{team.name || "Untitled team"}</span>
                <span className="min-w-0 flex-1 truncate text-12 text-faint">
                  {team.description}
                </span>
              </button>
              {open === team.id ? (
                <TeamForm key={team.id} start={team} onDelete={() => void removeTeam(team)} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function TeamForm({ start, onDelete }: { start: Team; onDelete: () => void }) {
  const [team, set] = useSavedForm(start, (team) => {
    call("save_team", { team })
      .then(reread)
      .catch((thrown: unknown) => tellProblem(thrown, "Not saved"));
  });
  return (
    <div className="flex flex-col gap-3 border-t border-line bg-canvas px-4 py-3.5">
      <Field label="Name">
        {(ids) => (
          <Input
            {...ids}
            value={team.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="What it is for">
        {(ids) => (
          <Input
            {...ids}
            value={team.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
      <Field label="Said to the customer when someone is there" optional>
        {(ids) => (
          <TextArea
            {...ids}
            minRows={1}
            placeholder="I’m passing you to a colleague, who will take it from here."
            value={team.words_open ?? ""}
            onChange={(event) => set({ words_open: event.target.value })}
          />
        )}
      </Field>
      <Field label="Said to the customer when nobody is there" optional>
        {(ids) => (
          <TextArea
            {...ids}
            minRows={1}
            placeholder="Nobody is there at the moment; you’ll hear from us as soon as we’re back."
            value={team.words_closed ?? ""}
            onChange={(event) => set({ words_closed: event.target.value })}
          />
        )}
      </Field>
      <Switch
        label="Own opening hours"
        hint="Off: the workspace’s."
        checked={!!team.opening_hours}
        onChange={(own) => set({ opening_hours: own ? { hours: [] } : null })}
      />
      {team.opening_hours ? (
        <OpeningHoursInput
          hours={team.opening_hours}
          onChange={(opening_hours) => set({ opening_hours })}
        />
      ) : null}
      <div className="flex justify-end">
        <IconButton label={`Delete ${team.name}`} onClick={onDelete}>
          <Trash2 size={15} />
        </IconButton>
      </div>
    </div>
  );
}
