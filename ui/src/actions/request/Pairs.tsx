import { Plus, X } from "lucide-react";
import type { Pair } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";
import type { PillCatalogue } from "@/task/instructions/pill-catalogue";
import { PlaceInput } from "./PlaceInput";

/** Names with values: the query, the headers, the fields of a form. */
export function Pairs({
  label,
  add,
  pairs,
  places,
  onChange,
}: {
  label: string;
  add: string;
  pairs: readonly Pair[];
  places: PillCatalogue;
  onChange: (pairs: Pair[]) => void;
}) {
  const set = (at: number, next: Partial<Pair>) =>
    onChange(pairs.map((pair, index) => (index === at ? { ...pair, ...next } : pair)));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1 text-12 font-medium text-muted">{label}</legend>
      {pairs.map((pair, at) => (
        // Pairs have no id; their place is all they are known by.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="flex items-start gap-2 narrow:flex-wrap">
          <Input
            aria-label={`${label}, name ${at + 1}`}
            value={pair.name}
            spellCheck={false}
            placeholder="Name"
            onChange={(event) => set(at, { name: event.target.value })}
            className="w-52! font-mono text-12! narrow:w-full! narrow:flex-1"
          />
          <IconButton
            label={`Remove ${pair.name || `line ${at + 1}`}`}
            size="sm"
            className="mt-0.5 order-last narrow:order-none"
            onClick={() => onChange(pairs.filter((_, index) => index !== at))}
          >
            <X size={13} />
          </IconButton>
          <PlaceInput
            label={`${label}, value ${at + 1}`}
            value={pair.value}
            places={places}
            placeholder="Value, @ for a pill"
            onChange={(value) => set(at, { value })}
            className="flex-1 narrow:basis-full"
          />
        </div>
      ))}
      <div>
        <Button
          look="quiet"
          size="sm"
          icon={<Plus size={13} aria-hidden />}
          onClick={() => onChange([...pairs, { name: "", value: "" }])}
        >
          {add}
        </Button>
      </div>
    </fieldset>
  );
}
