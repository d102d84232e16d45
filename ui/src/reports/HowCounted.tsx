import { CircleHelp } from "lucide-react";
import { IconButton } from "@/parts/Button";
import { Popover } from "@/parts/Popover";
import { definitions, type Definition } from "./definitions";

/** Says how a figure is counted. */
export function HowCounted({ what, of }: { what: Definition; of: string }) {
  return (
    <Popover
      label={`How it is counted: ${of}`}
      width={320}
      trigger={
        <IconButton label={`How it is counted: ${of}`} size="sm">
          <CircleHelp size={14} />
        </IconButton>
      }
    >
      <p className="text-13">{definitions[what]}</p>
    </Popover>
  );
}
